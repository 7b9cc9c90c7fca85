package dev.jbpfilter.bytecode;

/**
 * Where the elements of one function go, and how its jumps get to targets that the 16 bits of their
 * offset do not reach. Slots count from the start of the program.
 */
sealed interface JumpLayout permits LongJumps, Trampolines {

  /** One after the last slot. */
  int end();

  /** Whether a jump takes the long form, around a {@code gotol}. */
  boolean isFar(int element);

  /** The slot to which a jump leads, or which its {@code gotol} does. */
  int hop(int element);

  /** The slots to which the jumps of the island before an element lead; none if there is none. */
  int[] island(int element);

  /** Whether control would fall into the island before an element. */
  boolean fallsIn(int element);

  /** Whether an offset fits 16 bits. */
  static boolean isShort(int offset) {
    return offset == (short) offset;
  }

  /** How many slots an element takes, if a jump is short. */
  static int size(Element<Phys> element) {
    return switch (element) {
      case Element.Bind<Phys> bind -> 0;
      case Element.Note<Phys> text -> 0;
      case Element.LoadImm64<Phys> load -> 2;
      case Element.Branch<Phys> branch -> 1;
      case Element.Alu<Phys> alu -> 1;
      case Element.Negate<Phys> negate -> 1;
      case Element.Move<Phys> move -> 1;
      case Element.Endian<Phys> endian -> 1;
      case Element.Load<Phys> load -> 1;
      case Element.Store<Phys> store -> 1;
      case Atomic<Phys> atomic -> 1;
      case Element.AddressSpaceCast<Phys> cast -> 1;
      case Element.LoadField<Phys> load -> 1;
      case LoadPacket<Phys> load -> 1;
      case Element.MayGoto<Phys> jump -> 1;
      case Element.Jump<Phys> jump -> 1;
      case Element.Call<Phys> call -> 1;
      case Element.Exit<Phys> exit -> 1;
    };
  }
}
