"""The reference: every public name of the library once, and a check that none is missing."""

from __future__ import annotations

import ast
import enum
import inspect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import cache
from importlib import import_module
from pkgutil import iter_modules, walk_packages
from types import ModuleType, UnionType
from typing import Any, get_args

from attrs import frozen
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger

import cmappraisal
from cmappraisal import ERROR_POINTS, Policy, Text
from cmappraisal.writing import Writable

logger = getLogger(__name__)

INTEROP = "cmappraisal.interop"


# Which names are public, under which namespace, and where each is defined.


@frozen
class Name:
    """A public name.

    Args:
        namespace: The namespace that it is imported from.
        name: The name.
        module: The module that defines it.
        value: What it stands for.
    """

    namespace: str
    name: str
    module: str
    value: Any

    def __str__(self) -> str:
        return f"{self.namespace}.{self.name}"


@cache
def namespaces() -> tuple[str, ...]:
    """The core's namespace, then every other that says what it exports."""
    children = [module.name for module in iter_modules(cmappraisal.__path__, "cmappraisal.")]
    others = [name for name in children if name != INTEROP and exports(import_module(name))]
    return ("cmappraisal", *others)


def exports(module: ModuleType) -> list[str]:
    """What a module says that it exports."""
    return list(getattr(module, "__all__", ()))


@cache
def modules_of_the_library() -> tuple[str, ...]:
    """Every module, but those that need an extra."""
    walked = walk_packages(cmappraisal.__path__, "cmappraisal.")
    return tuple(module.name for module in walked if not module.name.startswith(INTEROP))


@cache
def comments_of(module: str) -> Mapping[str, list[str]]:
    """What a module says of each of its constants and aliases, under them."""
    said = ModuleAnalyzer.for_module(module).find_attr_docs()
    return {name: text for (owner, name), text in said.items() if not owner}


@cache
def order_of(module: str) -> Mapping[str, int]:
    """The place of each name of a module in its source."""
    analyzer = ModuleAnalyzer.for_module(module)
    analyzer.analyze()
    return analyzer.tagorder


def module_of(name: str, value: Any, among: Iterable[str]) -> str:
    """The module that defines a name."""
    if isinstance(value, type) or inspect.isfunction(value):
        return value.__module__
    for module in among:
        if name in comments_of(module) and getattr(import_module(module), name) is value:
            return module
    raise SphinxError(f"no module says what {name} is, under its definition")


@cache
def names_of(namespace: str) -> tuple[Name, ...]:
    """The public names of a namespace that are not those of one before it."""
    module = import_module(namespace)
    if namespace.startswith(INTEROP):
        return tuple(names_of_bridge(namespace, module))
    before = namespaces()[: namespaces().index(namespace)]
    taken = {(each.name, id(each.value)) for other in before for each in names_of(other)}
    return tuple(
        Name(namespace, name, module_of(name, value, modules_of_the_library()), value)
        for name in exports(module)
        if (name, id(value := getattr(module, name))) not in taken
    )


def names_of_bridge(namespace: str, module: ModuleType) -> Iterator[Name]:
    """What a module that needs an extra exports, or else what it defines."""
    for name in exports(module) or order_of(namespace):
        value = getattr(module, name, None)
        is_code = inspect.isfunction(value) or inspect.isclass(value)
        own = value.__module__ == namespace if is_code else name in comments_of(namespace)
        if exports(module) or (own and not name.startswith("_")):
            yield Name(namespace, name, value.__module__ if is_code else namespace, value)


@cache
def bounds_of(module: str) -> tuple[Name, ...]:
    """The named bounds that a module defines and no namespace exports."""
    exported = {id(name.value): name.name for each in namespaces() for name in names_of(each)}
    bounds = []
    for name in comments_of(module):
        value = getattr(import_module(module), name)
        is_bound = isinstance(value, (int, Decimal, timedelta)) and name.isupper()
        if is_bound and not name.startswith("_") and exported.get(id(value)) != name:
            bounds.append(Name(module, name, module, value))
    return tuple(bounds)


WITH_BOUNDS = (
    "cmappraisal.accounts",
    "cmappraisal.comparison",
    "cmappraisal.procedure",
    "cmappraisal.training",
)
"""The namespaces whose pages have the bounds of their modules; those of others are the core's."""


def home_of(module: str) -> str:
    """The namespace whose pages have the bounds of a module."""
    inner = [name for name in namespaces() if f"{module}.".startswith(f"{name}.")]
    longest = max(inner, key=len)
    return longest if longest in WITH_BOUNDS else "cmappraisal"


# How each is documented.


class Public(SphinxDirective):
    """The public names of a namespace, a section for each of several modules that define them.

    With ``modules`` only those that these modules define, in their order, and their bounds. The
    modules are named as seen from ``cmappraisal``. With ``names`` only these names, of a module
    that needs an extra and exports no list of them.
    """

    required_arguments = 1
    option_spec = {  # noqa: RUF012 - of docutils
        "modules": directives.unchanged_required,
        "names": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """The sections, or without a heading what the only module defines."""
        namespace = self.arguments[0]
        try:
            by_module = self.by_module(namespace)
        except ImportError as error:
            logger.warning("%s: %s", namespace, error, location=self.get_location())
            return []
        target = [] if "modules" in self.options else [f".. py:module:: {namespace}", ""]
        whole = self.parse_text_to_nodes("\n".join(target))
        if len(by_module) == 1 and not namespace.startswith(INTEROP):
            return whole + [node for names in by_module.values() for node in self.nodes_of(names)]
        return whole + [self.section_of(module, names) for module, names in by_module.items()]

    def by_module(self, namespace: str) -> dict[str, list[Name]]:
        """The names that are asked for, by the module that defines them."""
        names = names_of(namespace)
        if namespace.startswith(INTEROP):
            wanted = self.options.get("names", "").split()
            known = {name.name for name in names}
            for unknown in set(wanted) - known:
                raise SphinxError(f"{namespace} has no {unknown}")
            return {namespace: [name for name in names if name.name in (wanted or known)]}
        asked = [f"cmappraisal.{module}" for module in self.options.get("modules", "").split()]
        for unknown in set(asked) - set(modules_of_the_library()):
            raise SphinxError(f"{unknown} is no module")
        # A namespace's own modules come before those that it takes a name from.
        modules = asked or sorted(
            modules_of_the_library(), key=lambda module: not module.startswith(namespace)
        )
        found = {module: sorted_names(namespace, module, names) for module in modules}
        return {module: names for module, names in found.items() if names}

    def section_of(self, module: str, names: list[Name]) -> nodes.section:
        """What a module defines, under a heading that its own first line gives."""
        noun, _, idea = (import_module(module).__doc__ or "").partition("\n")[0].partition(": ")
        section = nodes.section("", nodes.title("", noun), ids=[nodes.make_id(module)])
        section += self.parse_text_to_nodes(f"{idea[:1].upper()}{idea[1:]}")
        section += self.nodes_of(names)
        return section

    def nodes_of(self, names: list[Name]) -> list[nodes.Node]:
        """What autodoc says of the names, which are noted as listed."""
        listed_names(self.env).setdefault(self.env.docname, []).extend(map(str, names))
        lines = [line for name in names for line in source_of(name)]
        return self.parse_text_to_nodes("\n".join(lines))


def sorted_names(namespace: str, module: str, names: Iterable[Name]) -> list[Name]:
    """What of a namespace a module defines, in the order of its source, and then its bounds."""
    here = [name for name in names if name.module == module]
    here.sort(key=lambda name: order_of(module).get(name.name, 0))
    return here + list(bounds_of(module) if home_of(module) == namespace else ())


def source_of(name: Name) -> Iterator[str]:
    """The reStructuredText that documents a public name."""
    value = name.value
    if isinstance(value, type) and issubclass(value, Exception):
        yield from (f".. autoexception:: {name}", "   :show-inheritance:")
        if value is not cmappraisal.AppraisalError:
            yield "   :exclude-members: code"
    elif isinstance(value, type):
        yield f".. autoclass:: {name}"
        if name.name in TABLED:
            yield "   :no-members:"
        elif issubclass(value, enum.Enum):
            yield from (f"   {line}" for line in source_of_choices(value))
        else:
            if issubclass(value, Writable):
                yield "   :inherited-members:"
            yield from (f"   {line}" for line in source_of_cached(value))
    elif inspect.isfunction(value):
        yield f".. autofunction:: {name}"
    else:
        yield from (f".. py:data:: {name.name}", f"   :module: {name.namespace}")
        if name.module != name.namespace:
            yield f"   :canonical: {name.module}.{name.name}"
        if shown := written(value):
            yield f"   :value: {shown}"
        yield from ("", *(f"   {line}" for line in comments_of(name.module).get(name.name, ())))
    yield ""


def source_of_choices(kind: type[enum.Enum]) -> Iterator[str]:
    """The reStructuredText that documents members of an enum by their wordings.

    Members with a comment in the source are left to autodoc.
    """
    commented = ModuleAnalyzer.for_module(kind.__module__).find_attr_docs()
    for choice in kind:
        if (kind.__name__, choice.name) in commented:
            continue
        text = getattr(choice, "text", None)
        if not isinstance(text, Text):
            raise SphinxError(f"{kind.__name__}.{choice.name} has neither a comment nor a wording")
        yield from ("", f".. py:attribute:: {choice.name}", f"   :value: {choice.value!r}")
        yield from ("", f"   {text.en[0].upper()}{text.en[1:]}.")


TABLED = ("ProblemCode",)
"""Enums whose members stand in a table of their own."""


@cache
def syntax_of(module: str) -> ast.Module:
    """The source of a module, parsed."""
    return ast.parse(inspect.getsource(import_module(module)))


def source_of_cached(kind: type) -> Iterator[str]:
    """The reStructuredText of properties that are worked out once.

    A class of attrs with slots keeps none of what they say.
    """
    for node in syntax_of(kind.__module__).body:
        if not isinstance(node, ast.ClassDef) or node.name != kind.__name__:
            continue
        for each in node.body:
            if not isinstance(each, ast.FunctionDef) or each.name.startswith("_"):
                continue
            if any(
                isinstance(decorator, ast.Name) and decorator.id == "cached_property"
                for decorator in each.decorator_list
            ):
                yield from ("", f".. py:property:: {each.name}")
                if each.returns:
                    yield f"   :type: {ast.unparse(each.returns)}"
                said = ast.get_docstring(each) or ""
                yield from ("", *(f"   {line}" for line in said.splitlines()))


LONGEST_VALUE = 80
"""Characters of a constant that are shown."""


def written(value: object) -> str:
    """A constant or an alias as it is written; nothing where it is too long to read."""
    if isinstance(value, UnionType):
        return " | ".join(kind.__name__ for kind in get_args(value))
    if isinstance(value, Decimal):
        return str(value)
    text = repr(value).removeprefix("typing.")
    return "" if len(text) > LONGEST_VALUE or isinstance(value, Mapping) else text


SHORT = {
    repr(Policy()): "Policy()",
    repr(ERROR_POINTS): "ERROR_POINTS",
    # An attrs field whose default is worked out from others.
    "NOTHING": "...",
}


def shorten_defaults(app: Sphinx, *context: Any) -> tuple[str | None, str | None]:
    """Write the defaults of a signature as people do."""
    *_, signature, returned = context
    for long, short in SHORT.items():
        signature = signature and signature.replace(f" = {long}", f" = {short}")
    return signature, returned


def show_public_bases(
    app: Sphinx, name: str, kind: type, options: object, bases: list[type]
) -> None:
    """Show the public type that an inner base stands for."""
    public = {id(each.value) for namespace in namespaces() for each in names_of(namespace)}
    bases[:] = [
        base.__bases__[0]
        if base.__module__.startswith("cmappraisal.") and id(base) not in public
        else base
        for base in kind.__bases__
    ]


# What is checked.


def listed_names(environment: BuildEnvironment) -> dict[str, list[str]]:
    """The names that each page lists."""
    if not hasattr(environment, "cmappraisal_names"):
        environment.cmappraisal_names = {}  # type: ignore[attr-defined]
    names: dict[str, list[str]] = environment.cmappraisal_names  # type: ignore[attr-defined]
    return names


def forget(app: Sphinx, environment: BuildEnvironment, page: str) -> None:
    """Forget the names of a page that is read again."""
    listed_names(environment).pop(page, None)


def merge(
    app: Sphinx, environment: BuildEnvironment, pages: Iterable[str], other: BuildEnvironment
) -> None:
    """Take over the names of pages that another process read."""
    found = listed_names(other)
    listed_names(environment).update({page: found[page] for page in pages if page in found})


def require_every_name(app: Sphinx, environment: BuildEnvironment) -> None:
    """Fail where a public name has no place in the reference, or two."""
    listed = Counter(name for names in listed_names(environment).values() for name in names)
    wanted = [str(name) for namespace in namespaces() for name in names_of(namespace)]
    wanted += [str(name) for module in modules_of_the_library() for name in bounds_of(module)]
    missing = [name for name in wanted if name not in listed]
    twice = [name for name, times in listed.items() if times > 1]
    problems = [("not in the reference", missing), ("twice in the reference", twice)]
    found = [f"{problem}: {', '.join(names)}" for problem, names in problems if names]
    if found:
        raise SphinxError("; ".join(found))


def resolve_by_name(
    app: Sphinx, environment: BuildEnvironment, node: pending_xref, text: nodes.Element
) -> nodes.Element | None:
    """Let a docstring name what is public without its namespace, where one thing is so called."""
    if node.get("refdomain") != "py":
        return None
    first, *rest = node["reftarget"].split(".")
    found = {
        str(name)
        for names in (*map(names_of, namespaces()), *map(bounds_of, modules_of_the_library()))
        for name in names
        if name.name == first
    }
    if len(found) != 1:
        return None
    target = ".".join([*found, *rest])
    domain = environment.domains.python_domain
    return domain.resolve_xref(
        environment, node["refdoc"], app.builder, node["reftype"], target, node, text
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive and the checks."""
    app.add_directive("public", Public)
    app.connect("autodoc-process-signature", shorten_defaults)
    app.connect("autodoc-process-bases", show_public_bases)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-check-consistency", require_every_name)
    app.connect("missing-reference", resolve_by_name)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
