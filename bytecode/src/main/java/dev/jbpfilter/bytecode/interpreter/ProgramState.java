package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.MapSpec;
import org.jspecify.annotations.Nullable;

/** An array of programs that tail calls go to. */
final class ProgramState extends MapState {
  private static final byte[] NOTHING = new byte[0];

  private final @Nullable Steps[] programs;

  ProgramState(MapSpec spec) {
    super(spec);
    require(spec.keySize() == Integer.BYTES, "key is not of 4 bytes");
    require(spec.valueSize() == Integer.BYTES, "value is not of 4 bytes");
    require(spec.maxEntries() > 0 && spec.maxEntries() <= 1 << 24, "number of entries");
    programs = new @Nullable Steps[spec.maxEntries()];
  }

  /** The program at an index, null if there is none. */
  @Nullable Steps program(long index) {
    return index < programs.length ? programs[(int) index] : null;
  }

  /**
   * @throws IllegalArgumentException if there is no such index
   */
  void set(int index, Steps program) {
    if (index < 0 || index >= programs.length) {
      throw new IllegalArgumentException("index " + index + " of " + spec);
    }
    programs[index] = program;
  }

  @Override
  byte[] bytes() {
    return NOTHING;
  }

  @Override
  long end(int offset) {
    return 0;
  }
}
