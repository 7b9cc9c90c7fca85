package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.MapSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A map of an {@link Interpreter}, as user space sees it: keys and values are bytes of the map's
 * sizes. Whether programs may write it makes no difference here.
 */
public final class InterpretedMap {
  private final MapState state;

  InterpretedMap(MapState state) {
    this.state = state;
  }

  /** What it was made from. */
  public MapSpec spec() {
    return state.spec;
  }

  /**
   * The value of a key, copied.
   *
   * @throws IllegalArgumentException if the key has another size, or maps of the type have no keys
   */
  public Optional<byte[]> lookup(byte[] key) {
    requireKeyed(key);
    int offset = state.find(key);
    return offset == MapState.NONE
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(state.bytes(), offset, offset + spec().valueSize()));
  }

  /**
   * Sets the value of a key.
   *
   * @throws IllegalArgumentException if key or value have another size, maps of the type have no
   *     keys, the map is full, or the key can be none
   */
  public void update(byte[] key, byte[] value) {
    requireKeyed(key);
    requireSize("value", value, spec().valueSize());
    int result = state.update(key, value, 0);
    if (result != 0) {
      throw new IllegalArgumentException(
          spec().name() + " takes no entry " + Arrays.toString(key) + ": error " + -result);
    }
  }

  /**
   * Removes the entry of a key; false if there is none, or its entries stay for ever.
   *
   * @throws IllegalArgumentException if the key has another size, or maps of the type have no keys
   */
  public boolean delete(byte[] key) {
    requireKeyed(key);
    return state.delete(key) == 0;
  }

  /**
   * Has each lookup that a program makes in an array from now on told, in the order in which they
   * are made.
   *
   * @param watcher takes the index, as an unsigned number, whether the array has it or not; in
   *     place of any before
   * @throws IllegalArgumentException if it is no array
   */
  public void watchLookups(IntConsumer watcher) {
    if (!(state instanceof ArrayState array)) {
      throw new IllegalArgumentException(spec().name() + " is no array");
    }
    array.watch(watcher);
  }

  /**
   * Takes the records out of a ring buffer, the oldest first.
   *
   * @throws IllegalArgumentException if it is no ring buffer
   */
  public List<byte[]> drain() {
    if (state instanceof RingState ring) {
      return ring.drain();
    }
    throw new IllegalArgumentException(spec().name() + " is no ring buffer");
  }

  private void requireKeyed(byte[] key) {
    if (state instanceof RingState || state instanceof ProgramState) {
      throw new IllegalArgumentException(spec().name() + " is of type " + spec().type());
    }
    requireSize("key", key, spec().keySize());
  }

  private void requireSize(String what, byte[] bytes, int size) {
    if (bytes.length != size) {
      throw new IllegalArgumentException(
          what + " of " + bytes.length + " bytes, " + spec().name() + " takes " + size);
    }
  }
}
