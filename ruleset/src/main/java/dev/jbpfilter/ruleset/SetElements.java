package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The elements of a set, in order of first appearance, without duplicates; fit for millions.
 *
 * <p>An element is {@link SetKey#size()} bytes: its components one after another without padding.
 * Addresses and ports are in network order; a network is its prefix length as 32 bits in
 * little-endian order and then its address as written, bits behind the prefix included. That is the
 * layout of a kernel map key on little-endian machines, the only ones supported.
 *
 * <p>Two elements are duplicates when they match the same packets: {@code 10.0.0.1/8} and {@code
 * 10.0.0.2/8} are, and the first spelling is kept.
 */
public final class SetElements {
  private final SetKey key;
  private final byte[] bytes;

  SetElements(SetKey key, byte[] bytes) {
    this.key = key;
    this.bytes = bytes;
  }

  /** A set without elements. */
  public static SetElements empty(SetKey key) {
    return new SetElements(key, new byte[0]);
  }

  public static SetElementsBuilder builder(SetKey key) {
    return new SetElementsBuilder(key);
  }

  /** The given elements, each with one payload per component. */
  public static SetElements of(SetKey key, List<? extends List<? extends Payload>> elements) {
    SetElementsBuilder builder = builder(key);
    for (List<? extends Payload> element : elements) {
      builder.add(element);
    }
    return builder.build();
  }

  /**
   * The elements written in {@code elements}, each text one element: components joined by {@code ,}
   * with or without blanks, as {@code chain update-set --add} takes them.
   *
   * @throws SetElementException if one is refused; it tells which and why
   */
  public static SetElements parse(SetKey key, List<String> elements) {
    SetElementsBuilder builder = builder(key);
    ElementReader reader = SetElementsBuilder.reader(key);
    for (String element : elements) {
      int from = SetParser.skipBlanks(element, 0, element.length());
      int to = SetParser.trimEnd(element, from, element.length());
      Supplier<Diagnostic> error = reader.read(element, from, to, 0, builder);
      if (error != null) {
        throw new SetElementException(element, error.get());
      }
    }
    return builder.build();
  }

  public SetKey key() {
    return key;
  }

  /**
   * These elements and behind them those of {@code added} that are not among them.
   *
   * @throws IllegalArgumentException if {@code added} has another key
   */
  public SetElements plus(SetElements added) {
    byte[] both = followedBy(added);
    int kept = Duplicates.remove(key, both, size() + added.size());
    return new SetElements(key, Arrays.copyOf(both, kept * key.size()));
  }

  /**
   * These elements without those of {@code removed}. A network goes whatever the spelling of the
   * one removed: {@code 10.0.0.1/8} removes {@code 10.0.0.2/8}.
   *
   * @throws IllegalArgumentException if {@code removed} has another key
   */
  public SetElements minus(SetElements removed) {
    // What is here is a duplicate of what is to go when that comes first.
    byte[] both = removed.followedBy(this);
    int kept = Duplicates.remove(key, both, size() + removed.size());
    return new SetElements(key, Arrays.copyOfRange(both, removed.bytes.length, kept * key.size()));
  }

  /** Whether sets of these and of {@code others} match the same, whatever order and spelling. */
  public boolean matchesLike(SetElements others) {
    return key.equals(others.key) && size() == others.size() && minus(others).size() == 0;
  }

  /**
   * A hash of what the elements match: equal where {@link #matchesLike} is true, and different in
   * every run of the program.
   */
  public int matchHash() {
    return 31 * key.hashCode() + Duplicates.hash(key, bytes);
  }

  private byte[] followedBy(SetElements others) {
    if (!key.equals(others.key)) {
      throw new IllegalArgumentException(
          "a set of " + key + " and one of " + others.key + " can't be combined");
    }
    byte[] both = Arrays.copyOf(bytes, Math.addExact(bytes.length, others.bytes.length));
    System.arraycopy(others.bytes, 0, both, bytes.length, others.bytes.length);
    return both;
  }

  /** The number of elements. */
  public int size() {
    return bytes.length / key.size();
  }

  /** The value of component {@code component} of element {@code element}. */
  public Payload payload(int element, int component) {
    PayloadKind kind = key.components().get(component).payloadKind();
    return PayloadBytes.decode(kind, bytes, offset(element) + key.offset(component));
  }

  /** The values of element {@code element}. */
  public List<Payload> payloads(int element) {
    List<Payload> payloads = new ArrayList<>(key.components().size());
    for (int i = 0; i < key.components().size(); i++) {
      payloads.add(payload(element, i));
    }
    return payloads;
  }

  /** A copy of the bytes of element {@code element}. */
  public byte[] bytes(int element) {
    int offset = offset(element);
    return Arrays.copyOfRange(bytes, offset, offset + key.size());
  }

  /** A copy of the bytes of all elements. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  private int offset(int element) {
    if (element < 0 || element >= size()) {
      throw new IllegalArgumentException("no element " + element + " in a set of " + size());
    }
    return element * key.size();
  }

  /** Same key and same elements in the same order and spelling. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SetElements that
        && key.equals(that.key)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return size() + " elements of " + key;
  }
}
