"""Merkle trees: one short digest that vouches for a whole sequence, and proofs that fit on a page.

The hashes and proofs are those of RFC 9162, sections 2.1.1 to 2.1.4, over SHA-256. A tree is
immutable and shares its nodes with every tree that it grew from or into, so that growing it by one
leaf costs a logarithm of its size.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from hashlib import sha256
from typing import TypeAlias, cast

from attrs import frozen

from cmappraisal.fields import as_tuple, is_int, is_tuple_of, require

__all__ = [
    "DIGEST_SIZE",
    "MAXIMUM_SIZE",
    "MerkleTree",
    "Proof",
    "consistency_proof",
    "inclusion_proof",
    "leaf_digest",
    "tree_head",
    "verify_consistency",
    "verify_inclusion",
    "verify_inclusion_of_digest",
]

Proof: TypeAlias = tuple[bytes, ...]
"""Digests of 32 bytes each, in the order in which a verifier takes them."""

DIGEST_SIZE = sha256().digest_size
"""Bytes in a digest."""

MAXIMUM_SIZE = 2**64 - 1
"""Leaves in a tree that a proof can be about: what RFC 9162 can write down."""

_NO_LEAVES = sha256().digest()


def leaf_digest(leaf: bytes) -> bytes:
    """The digest that stands for a leaf in a tree (RFC 9162, section 2.1.1).

    Args:
        leaf: The leaf.

    Returns:
        32 bytes.

    Raises:
        FieldError: The leaf is not bytes.

    >>> leaf_digest(b"March").hex()[:16]
    'd04aef3193a91b3f'
    """
    require("leaf_digest", "leaf", leaf, type(leaf) is bytes, "bytes")
    return sha256(b"\x00" + leaf).digest()


def _node_digest(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


@frozen(eq=False)
class _Node:
    digest: bytes
    width: int
    children: tuple[_Node, _Node] | None = None


def _joined(left: _Node, right: _Node) -> _Node:
    digest = _node_digest(left.digest, right.digest)
    return _Node(digest, left.width + right.width, (left, right))


def _grown(peaks: tuple[_Node, ...], digest: bytes) -> tuple[_Node, ...]:
    node = _Node(digest, 1)
    while peaks and peaks[-1].width == node.width:
        node = _joined(peaks[-1], node)
        peaks = peaks[:-1]
    return (*peaks, node)


@frozen(init=False, eq=False, repr=False)
class MerkleTree:
    """A Merkle tree over a sequence of bytes.

    Args:
        leaves: The sequence, in order.

    Raises:
        FieldError: ``leaves`` is no iterable of bytes.

    >>> tree = MerkleTree([b"March", b"April"])
    >>> len(tree), tree.root.hex()[:16]
    (2, '20cd21e16ed33afa')
    >>> tree == MerkleTree([b"March"]).extend([b"April"])
    True
    """

    _peaks: tuple[_Node, ...]

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        added = as_tuple(leaves)
        fits = is_tuple_of(added, bytes)
        require(type(self).__name__, "leaves", added, fits, "a list of bytes")
        peaks: tuple[_Node, ...] = ()
        object.__setattr__(self, "_peaks", reduce(_grown, map(leaf_digest, added), peaks))

    def __len__(self) -> int:
        return sum(peak.width for peak in self._peaks)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MerkleTree):
            return NotImplemented
        return (len(self), self.root) == (len(other), other.root)

    def __hash__(self) -> int:
        return hash(self.root)

    def __repr__(self) -> str:
        return f"<MerkleTree of {len(self)} leaves, {self.root.hex()}>"

    def extend(self, leaves: Iterable[bytes]) -> MerkleTree:
        """The tree with more leaves.

        Args:
            leaves: What follows, in order.

        Raises:
            FieldError: ``leaves`` is no iterable of bytes.
        """
        added = as_tuple(leaves)
        fits = is_tuple_of(added, bytes)
        require("MerkleTree.extend", "leaves", added, fits, "a list of bytes")
        return self._extended(map(leaf_digest, added))

    def extend_by_digests(self, digests: Iterable[bytes]) -> MerkleTree:
        """The tree with more leaves, of which there are only the digests.

        Args:
            digests: The digests of what follows, in order, as :func:`leaf_digest` makes them.

        Raises:
            FieldError: ``digests`` is no iterable of digests.

        >>> tree = MerkleTree([b"March"])
        >>> tree.extend_by_digests([leaf_digest(b"April")]) == tree.extend([b"April"])
        True
        """
        added = as_tuple(digests)
        fits = isinstance(added, tuple) and all(map(is_digest, added))
        require("MerkleTree.extend_by_digests", "digests", added, fits, "a list of 32 bytes each")
        return self._extended(added)

    def _extended(self, digests: Iterable[bytes]) -> MerkleTree:
        longer = MerkleTree.__new__(MerkleTree)
        object.__setattr__(longer, "_peaks", reduce(_grown, digests, self._peaks))
        return longer

    @property
    def root(self) -> bytes:
        """The digest that vouches for every leaf and for their order, 32 bytes."""
        return self._top().digest if self._peaks else _NO_LEAVES

    def prove_inclusion(self, index: int) -> Proof:
        """The proof that a leaf is in the tree at an index; see :func:`verify_inclusion`.

        Args:
            index: The position of the leaf, from 0.

        Raises:
            FieldError: The tree has no such leaf.
        """
        fits = is_int(index, 0, len(self) - 1)
        allowed = f"an int from 0 to below the number of leaves ({len(self)})"
        require("prove_inclusion", "index", index, fits, allowed)
        proof = []
        node = self._top()
        while node.children:
            left, right = node.children
            if index < left.width:
                proof.append(right.digest)
                node = left
            else:
                proof.append(left.digest)
                node = right
                index -= left.width
        return tuple(reversed(proof))

    def prove_consistency(self, earlier_size: int) -> Proof:
        """The proof that an earlier tree is a prefix of this one; see :func:`verify_consistency`.

        Args:
            earlier_size: How many leaves the earlier tree had, from 0.

        Raises:
            FieldError: The tree has fewer leaves.
        """
        fits = is_int(earlier_size, 0, len(self))
        allowed = f"an int from 0 to the number of leaves ({len(self)})"
        require("prove_consistency", "earlier_size", earlier_size, fits, allowed)
        if earlier_size == 0:
            return ()
        proof = []
        node = self._top()
        on_the_left_edge = True
        # Down to the node that ends where the earlier tree ended.
        while earlier_size != node.width and node.children:
            left, right = node.children
            if earlier_size <= left.width:
                proof.append(right.digest)
                node = left
            else:
                proof.append(left.digest)
                node = right
                earlier_size -= left.width
                on_the_left_edge = False
        # On the left edge that node is the earlier tree itself, whose root the verifier has.
        return tuple(reversed(proof if on_the_left_edge else [*proof, node.digest]))

    def _top(self) -> _Node:
        return reduce(lambda right, left: _joined(left, right), reversed(self._peaks))


def tree_head(leaves: Iterable[bytes]) -> bytes:
    """The root of the Merkle tree over a sequence of bytes (RFC 9162, section 2.1.1).

    Args:
        leaves: The sequence, in order.

    Returns:
        32 bytes.

    Raises:
        FieldError: ``leaves`` is no iterable of bytes.

    >>> tree_head([]).hex()[:16]
    'e3b0c44298fc1c14'
    """
    return MerkleTree(leaves).root


def inclusion_proof(leaves: Iterable[bytes], index: int) -> Proof:
    """The proof that a leaf is in a sequence at an index (RFC 9162, section 2.1.3.1).

    Args:
        leaves: The sequence, in order.
        index: The position of the leaf, from 0.

    Raises:
        FieldError: ``leaves`` is no iterable of bytes, or has no such leaf.

    >>> leaves = [b"March", b"April", b"May"]
    >>> proof = inclusion_proof(leaves, 1)
    >>> verify_inclusion(b"April", 1, 3, proof, root=tree_head(leaves))
    True
    """
    return MerkleTree(leaves).prove_inclusion(index)


def consistency_proof(leaves: Iterable[bytes], earlier_size: int) -> Proof:
    """The proof that a sequence begins with an earlier one (RFC 9162, section 2.1.4.1).

    Args:
        leaves: The sequence, in order.
        earlier_size: How many leaves the earlier sequence had, from 0.

    Raises:
        FieldError: ``leaves`` is no iterable of bytes, or has fewer.

    >>> leaves = [b"March", b"April", b"May"]
    >>> proof = consistency_proof(leaves, 2)
    >>> verify_consistency(2, 3, proof, earlier_root=tree_head(leaves[:2]), root=tree_head(leaves))
    True
    """
    return MerkleTree(leaves).prove_consistency(earlier_size)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Proof, *, root: bytes) -> bool:
    """Whether a proof shows that a leaf is in a tree (RFC 9162, section 2.1.3.2).

    Whatever it is given, it raises nothing: what is malformed proves nothing.

    Args:
        leaf: The leaf.
        index: The position that it is said to have, from 0.
        size: How many leaves the tree has.
        proof: The proof, from :meth:`MerkleTree.prove_inclusion`.
        root: The root of the tree.
    """
    return type(leaf) is bytes and verify_inclusion_of_digest(
        leaf_digest(leaf), index, size, proof, root=root
    )


def verify_inclusion_of_digest(
    digest: bytes, index: int, size: int, proof: Proof, *, root: bytes
) -> bool:
    """Whether a proof shows that a leaf of which there is only the digest is in a tree.

    Whatever it is given, it raises nothing: what is malformed proves nothing.

    Args:
        digest: The digest of the leaf, as :func:`leaf_digest` makes it.
        index: The position that the leaf is said to have, from 0.
        size: How many leaves the tree has.
        proof: The proof, from :meth:`MerkleTree.prove_inclusion`.
        root: The root of the tree.
    """
    if not (
        is_digest(digest)
        and is_int(index, 0)
        and is_int(size, 0, MAXIMUM_SIZE)
        and index < size
        and is_proof(proof)
        and is_digest(root)
    ):
        return False
    turns = _turns(index, size - 1, len(proof))
    if turns is None:
        return False
    for sibling, is_left in zip(proof, turns, strict=True):
        digest = _node_digest(sibling, digest) if is_left else _node_digest(digest, sibling)
    return digest == root


def verify_consistency(
    earlier_size: int, size: int, proof: Proof, *, earlier_root: bytes, root: bytes
) -> bool:
    """Whether a proof shows that an earlier tree is a prefix of a later one.

    RFC 9162, section 2.1.4.2; and every tree begins with the tree of no leaves. Whatever it is
    given, it raises nothing: what is malformed proves nothing.

    Args:
        earlier_size: How many leaves the earlier tree had.
        size: How many leaves the later tree has.
        proof: The proof, from :meth:`MerkleTree.prove_consistency`.
        earlier_root: The root of the earlier tree.
        root: The root of the later tree.
    """
    if not (
        is_int(earlier_size, 0)
        and is_int(size, 0, MAXIMUM_SIZE)
        and earlier_size <= size
        and is_proof(proof)
        and is_digest(earlier_root)
        and is_digest(root)
    ):
        return False
    if earlier_size in (0, size):
        agrees = earlier_root == (root if earlier_size else _NO_LEAVES)
        return agrees and not proof and (size > 0 or root == _NO_LEAVES)
    # A whole earlier tree is a node of the later one, whose digest the proof leaves out.
    is_whole = earlier_size & (earlier_size - 1) == 0
    start, *siblings = (earlier_root, *proof) if is_whole else proof or (b"",)
    place, last = earlier_size - 1, size - 1
    while place & 1:
        place >>= 1
        last >>= 1
    turns = _turns(place, last, len(siblings))
    if turns is None:
        return False
    earlier = later = start
    for sibling, is_left in zip(siblings, turns, strict=True):
        if is_left:
            earlier = _node_digest(sibling, earlier)
            later = _node_digest(sibling, later)
        else:
            later = _node_digest(later, sibling)
    return (earlier, later) == (earlier_root, root)


def _turns(place: int, last: int, siblings: int) -> list[bool] | None:
    """For each sibling on the way from a place to the top, whether it stands on the left.

    None where so many siblings do not lead to the top, or lead beyond it.
    """
    turns = []
    for _ in range(siblings):
        if last == 0:
            return None
        is_left = bool(place & 1) or place == last
        turns.append(is_left)
        while is_left and place and not place & 1:
            place >>= 1
            last >>= 1
        place >>= 1
        last >>= 1
    return turns if last == 0 else None


def is_digest(value: object) -> bool:
    """Whether a value can be a digest."""
    return type(value) is bytes and len(value) == DIGEST_SIZE


def is_proof(value: object) -> bool:
    """Whether a value can be a proof."""
    return type(value) in (tuple, list) and all(map(is_digest, cast("list[object]", value)))
