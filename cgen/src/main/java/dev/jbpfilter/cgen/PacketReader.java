package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;

/**
 * Emits code that reads packet headers. Readers differ in how they get at the bytes and in where
 * control goes when bytes are missing; what is read is up to the {@link HeaderParser}.
 */
interface PacketReader {

  /**
   * Says, before anything is read, that few packets are shorter than this. A reader to whom it is
   * cheaper may treat those as if headers were missing.
   */
  void expect(int length);

  /**
   * Says where to go from now on if the packet ends before a header does. A reader that does not
   * reach the whole packet cannot know, and goes where others try.
   */
  void malformed(Label malformed);

  /** Goes to a header at a fixed offset from the start of the frame. */
  void header(int offset, Header kind);

  /**
   * Goes to a header at an offset that is only known when a packet is there.
   *
   * @param offset a register whose value the verifier knows to be small
   */
  void header(Virt offset, Header kind);

  /** Loads from the header that was gone to last, zero-extended. */
  void load(Virt dst, Size size, int at);
}
