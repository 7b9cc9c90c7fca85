package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  public SetKey key() {
    return key;
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
