"""Merkle trees: the hashes and proofs of RFC 9162, against its definitions and known answers.

``merkle_definitions`` writes the definitions down literally; pymerkle has them from other people.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from hashlib import sha256
from typing import Any

import pymerkle  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

import merkle_definitions
from cmappraisal import FieldError
from cmappraisal.merkle import (
    MAXIMUM_SIZE,
    MerkleTree,
    Proof,
    consistency_proof,
    inclusion_proof,
    tree_head,
    verify_consistency,
    verify_inclusion,
)
from merkle_definitions import MTH, leaves_of, vectors

# The leaves and roots that Certificate Transparency implementations are commonly checked by.
KNOWN_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
KNOWN_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def digest(data: bytes) -> bytes:
    return sha256(data).digest()


def numbered(count: int) -> list[bytes]:
    return [bytes([number]) for number in range(count)]


@pytest.mark.parametrize(("size", "root"), list(enumerate(KNOWN_ROOTS)))
def test_known_leaves_have_their_known_roots(size: int, root: str) -> None:
    assert tree_head(KNOWN_LEAVES[:size]).hex() == root


@pytest.mark.parametrize("size", range(34))
def test_roots_and_proofs_are_those_of_the_definitions(size: int) -> None:
    (vector,) = vectors(range(size, size + 1))
    tree = MerkleTree(map(bytes.fromhex, vector["leaves"]))
    assert tree.root.hex() == vector["root"]
    inclusion = map(tree.prove_inclusion, range(size))
    assert list(map(in_hex, inclusion)) == vector["inclusion"]
    consistency = map(tree.prove_consistency, range(1, size + 1))
    assert list(map(in_hex, consistency)) == vector["consistency"]


def test_the_definitions_make_the_known_roots() -> None:
    assert [MTH(KNOWN_LEAVES[:size]).hex() for size in range(9)] == KNOWN_ROOTS


def test_the_vectors_are_printed_as_lines_of_json() -> None:
    run = subprocess.run(
        [sys.executable, merkle_definitions.__file__, "3"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert list(map(json.loads, run.stdout.splitlines())) == list(vectors(range(3)))


# Another implementation of the same hashes, by other people.

PYMERKLE_SIZES = [*range(1, 34), 63, 64, 65, 127, 128, 129]


def pymerkle_of(leaves: Sequence[bytes]) -> pymerkle.InmemoryTree:
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    tree.append_entries(leaves)
    return tree


def in_hex(proof: Proof) -> list[str]:
    return [each.hex() for each in proof]


def places_of(size: int) -> list[int]:
    """All the places of a small tree, and of a larger one those beside its edges and seams."""
    if size < 34:
        return list(range(size))
    return [0, 1, 31, 32, 33, size // 2, size - 2, size - 1]


def as_in_the_rfc(proof: pymerkle.ConsistencyProof) -> Proof:
    """The consistency proof of pymerkle as the RFC has it.

    pymerkle goes down to the leaf after the earlier tree. The RFC stops above, at the node whose
    left half ends where the earlier tree does: its right half is one digest, and its left half
    comes first, or is left out where it is the whole earlier tree.
    """
    if proof.prior_size == proof.size:
        return ()
    turn = proof.subset.index(1)
    right = reduce(digest_of_node, proof.path[:turn])
    is_whole = sum(proof.subset) == 1
    left = () if is_whole else (proof.path[turn],)
    return (*left, right, *proof.path[turn + 1 :])


def digest_of_node(left: bytes, right: bytes) -> bytes:
    return digest(b"\x01" + left + right)


@pytest.mark.parametrize("size", PYMERKLE_SIZES)
def test_roots_and_inclusion_proofs_agree_with_pymerkle(size: int) -> None:
    leaves = leaves_of(size)
    tree, other = MerkleTree(leaves), pymerkle_of(leaves)
    root = other.get_root()
    assert tree.root == root
    for index in places_of(size):
        proof = other.prove_inclusion(index + 1)
        assert tree.prove_inclusion(index) == tuple(proof.path[1:])
        # Each takes the proof of the other.
        proof.verify(digest(b"\x00" + leaves[index]), tree.root, index=index + 1, size=size)
        assert verify_inclusion(leaves[index], index, size, tuple(proof.path[1:]), root=root)


@pytest.mark.parametrize("size", PYMERKLE_SIZES)
def test_consistency_proofs_agree_with_pymerkle(size: int) -> None:
    leaves = leaves_of(size)
    tree, other = MerkleTree(leaves), pymerkle_of(leaves)
    for earlier in (place + 1 for place in places_of(size)):
        before = tree_head(leaves[:earlier])
        assert before == other.get_root(earlier)
        proof = other.prove_consistency(earlier, size)
        assert tree.prove_consistency(earlier) == as_in_the_rfc(proof)
        proof.verify(before, tree.root, prior_size=earlier, later_size=size)
        assert verify_consistency(
            earlier, size, as_in_the_rfc(proof), earlier_root=before, root=other.get_root()
        )


def test_the_root_of_no_leaves_agrees_with_pymerkle() -> None:
    assert MerkleTree().root == pymerkle.InmemoryTree().get_root()


@pytest.mark.parametrize("size", range(1, 34))
def test_every_proof_verifies_and_no_leaf_passes_for_another(size: int) -> None:
    leaves = numbered(size)
    tree = MerkleTree(leaves)
    for index, leaf in enumerate(leaves):
        proof = inclusion_proof(leaves, index)
        for claimed in range(size):
            holds = verify_inclusion(leaf, claimed, size, proof, root=tree.root)
            assert holds == (claimed == index)
        assert not verify_inclusion(b"other", index, size, proof, root=tree.root)
        assert not verify_inclusion(leaf, index, size, proof, root=digest(b"other"))
        assert not verify_inclusion(leaf, index, size, (*proof, digest(b"")), root=tree.root)
        assert not proof or not verify_inclusion(leaf, index, size, proof[1:], root=tree.root)


@pytest.mark.parametrize("size", range(34))
def test_every_prefix_is_proved_and_no_other_sequence_passes_for_it(size: int) -> None:
    leaves = numbered(size)
    root = tree_head(leaves)
    for earlier in range(size + 1):
        before = tree_head(leaves[:earlier])
        proof = consistency_proof(leaves, earlier)
        assert verify_consistency(earlier, size, proof, earlier_root=before, root=root)
        forged = tree_head([*leaves[: max(0, earlier - 1)], b"forged"])
        longer = (*proof, digest(b""))
        assert not verify_consistency(earlier, size, proof, earlier_root=forged, root=root)
        assert not verify_consistency(earlier, size, longer, earlier_root=before, root=root)
        if earlier:
            assert not verify_consistency(earlier, size, proof, earlier_root=before, root=forged)
        for i in range(len(proof)):
            shorter = proof[:i] + proof[i + 1 :]
            assert not verify_consistency(earlier, size, shorter, earlier_root=before, root=root)


@given(st.lists(st.binary(max_size=4)), st.lists(st.binary(max_size=4)))
def test_a_tree_is_the_same_however_it_grew(first: list[bytes], more: list[bytes]) -> None:
    at_once = MerkleTree(first + more)
    grown = MerkleTree(first).extend(iter(more))
    assert grown == at_once
    assert hash(grown) == hash(at_once)
    assert len(grown) == len(first) + len(more)
    assert (grown == MerkleTree(first)) == (not more)


def test_a_tree_says_what_it_is() -> None:
    tree = MerkleTree([b"March"])
    assert repr(tree) == f"<MerkleTree of 1 leaves, {tree.root.hex()}>"
    assert tree != b"March"


class Hostile(list[bytes]):
    """A list that fails when it is looked into."""

    def __iter__(self) -> Iterator[bytes]:
        raise RuntimeError


NONSENSE: list[object] = [
    None,
    True,
    -1,
    1.5,
    "1",
    b"",
    b"short",
    "x" * 32,
    object(),
    [],
    [None],
    [b"short"],
    ["x" * 32],
    {},
    {b"x" * 32},
    10**400,
    Hostile(),
]


@pytest.mark.parametrize("nonsense", NONSENSE, ids=lambda value: repr(value)[:20])
def test_what_is_malformed_proves_nothing_and_raises_nothing(nonsense: object) -> None:
    leaves = numbered(5)
    root = tree_head(leaves)
    proof = inclusion_proof(leaves, 2)
    wrong: list[tuple[object, ...]] = [
        (nonsense, 2, 5, proof, root),
        (leaves[2], nonsense, 5, proof, root),
        (leaves[2], 2, nonsense, proof, root),
        (leaves[2], 2, 5, nonsense, root),
        (leaves[2], 2, 5, proof, nonsense),
    ]
    for leaf, index, size, digests, head in wrong:
        assert verify_inclusion(leaf, index, size, digests, root=head) is False  # type: ignore[arg-type]
    before = tree_head(leaves[:3])
    proof = consistency_proof(leaves, 3)
    wrong = [
        (nonsense, 5, proof, before, root),
        (3, nonsense, proof, before, root),
        (3, 5, nonsense, before, root),
        (3, 5, proof, nonsense, root),
        (3, 5, proof, before, nonsense),
    ]
    for earlier, size, digests, earlier_head, head in wrong:
        assert (
            verify_consistency(earlier, size, digests, earlier_root=earlier_head, root=head)  # type: ignore[arg-type]
            is False
        )


DIGESTS = st.lists(st.binary(min_size=32, max_size=32), max_size=6)


@given(st.integers(0, 40), st.integers(0, 40), DIGESTS, st.data())
def test_made_up_proofs_prove_nothing(
    smaller: int, larger: int, proof: list[bytes], data: st.DataObject
) -> None:
    root = tree_head(numbered(larger))
    leaf = data.draw(st.binary(min_size=2))
    assert not verify_inclusion(leaf, smaller, larger, tuple(proof), root=root)
    # Neither a leaf nor a node is hashed behind this byte.
    made_up = digest(b"\x02" + leaf)
    assert not verify_consistency(smaller, larger, tuple(proof), earlier_root=made_up, root=root)


def test_the_tree_of_no_leaves_begins_every_tree() -> None:
    nothing, root = tree_head([]), tree_head([b"March"])
    assert consistency_proof([b"March"], 0) == ()
    assert verify_consistency(0, 1, (), earlier_root=nothing, root=root)
    assert verify_consistency(0, 0, (), earlier_root=nothing, root=nothing)
    assert not verify_consistency(0, 0, (), earlier_root=nothing, root=root)
    assert not verify_consistency(0, 1, (), earlier_root=root, root=root)
    assert not verify_consistency(1, 1, (), earlier_root=nothing, root=root)


@pytest.mark.parametrize("index", [-1, 3, True, 1.0, None, "0"])
def test_a_leaf_that_is_not_there_cannot_be_proved(index: int) -> None:
    with pytest.raises(FieldError, match=r"prove_inclusion: index is .*; allowed: an int from 0"):
        inclusion_proof(numbered(3), index)


@pytest.mark.parametrize("size", [-1, 4, True, 1.0, None, "0"])
def test_a_tree_longer_than_this_cannot_be_its_beginning(size: int) -> None:
    with pytest.raises(FieldError, match=r"prove_consistency: earlier_size is .*; allowed: an int"):
        consistency_proof(numbered(3), size)


@pytest.mark.parametrize("leaves", [None, 1, "leaves", ["leaf"], [b"leaf", 1], b"leaf"])
def test_leaves_are_bytes(leaves: object) -> None:
    with pytest.raises(FieldError, match=r"MerkleTree: leaves is .*; allowed: a list of bytes"):
        tree_head(leaves)  # type: ignore[arg-type]


def test_no_proof_is_about_a_tree_that_cannot_be() -> None:
    root = digest(b"root")
    huge = 1 << 2_000_000
    assert not verify_consistency(huge, huge + 1, (), earlier_root=root, root=root)
    assert not verify_inclusion(b"", huge, huge + 1, (root,), root=root)
    assert not verify_inclusion(b"", 0, MAXIMUM_SIZE + 1, (), root=root)


@pytest.mark.parametrize("leaves", [{b"a", b"b"}, frozenset({b"a"}), {b"a": 1}, "ab", b"ab", None])
def test_leaves_have_an_order(leaves: Any) -> None:
    calls: list[Callable[[], object]] = [
        lambda: MerkleTree(leaves),
        lambda: MerkleTree().extend(leaves),
        lambda: tree_head(leaves),
    ]
    for call in calls:
        with pytest.raises(FieldError, match=r"leaves is .*; allowed: a list of bytes"):
            call()


def test_a_place_that_is_none_is_shown() -> None:
    tree = MerkleTree([b"a", b"b"])
    with pytest.raises(FieldError) as caught:
        tree.prove_inclusion(5)
    assert str(caught.value) == (
        "prove_inclusion: index is 5; allowed: an int from 0 to below the number of leaves (2)"
    )
    with pytest.raises(FieldError) as caught:
        tree.prove_consistency(5)
    assert str(caught.value) == (
        "prove_consistency: earlier_size is 5; allowed: an int from 0 to the number of leaves (2)"
    )
