package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import org.jspecify.annotations.Nullable;

/**
 * Emits the walk over IPv6 extension headers. Each turn looks at the type first and fetches only
 * then, so that a packet may end where no further header is announced.
 */
final class ExtensionWalk {
  private static final int MAX_HEADERS = 6;

  /** Fragment offset of the fragment header, as the two bytes lie in memory. */
  private static final int FRAGMENT_OFFSET = 0xf8ff;

  private final CodeBuilder code;
  private final PacketReader in;
  private final Virt number;
  private final Virt offset;
  private final @Nullable HiddenNumber passed;
  private final Label stop;
  private final Virt walked;
  private final Virt following;
  private final Virt length;

  /**
   * @param in leaves for where it was told if a header that is announced is cut off
   * @param number the next-header number, which is changed
   * @param offset where the next header is, which is changed
   * @param passed gets a bit of {@link ExtensionHeader} for each header; null if nobody asks
   * @param stop where to go if there is no transport header to be reached
   */
  ExtensionWalk(
      CodeBuilder code,
      PacketReader in,
      Virt number,
      Virt offset,
      @Nullable HiddenNumber passed,
      Label stop) {
    this.code = code;
    this.in = in;
    this.number = number;
    this.offset = offset;
    this.passed = passed;
    this.stop = stop;
    this.walked = code.constant(0);
    this.following = code.fresh();
    this.length = code.fresh();
  }

  /** Emits the walk; control goes on with the number and offset of the transport header. */
  void emit() {
    Label walk = code.label("walk");
    Label extension = code.label("extension");
    Label next = code.label("next_header");
    Label end = code.label("last_header");
    code.bind(walk);
    for (ExtensionHeader header : ExtensionHeader.values()) {
      branchIf(header, extension);
    }
    code.jump(end);

    code.bind(extension);
    code.branch(Condition.EQ, Width.W32, walked, MAX_HEADERS, stop);
    note();
    header(next);

    code.bind(next);
    code.alu(AluOp.ADD, offset, length);
    code.move(number, following);
    code.alu(AluOp.ADD, walked, 1);
    code.jump(walk);
    code.bind(end);
  }

  /** Emits: say that the header was there. */
  private void note() {
    if (passed == null) {
      return;
    }
    Label noted = code.label("noted");
    for (ExtensionHeader header : ExtensionHeader.values()) {
      Label other = code.label("other");
      code.branch(Condition.NE, Width.W32, number, header.number(), other);
      Virt bits = passed.load();
      code.alu(AluOp.OR, bits, ExtensionHeader.bit(header.number()));
      passed.store(bits);
      code.jump(noted);
      code.bind(other);
    }
    code.bind(noted);
  }

  private void header(Label next) {
    Label fragment = code.label("fragment");
    Label authentication = code.label("authentication");
    Label later = code.label("later_fragment");
    branchIf(ExtensionHeader.FRAGMENT, fragment);
    in.header(offset, Header.EXTENSION);
    in.load(following, Size.B, 0);
    in.load(length, Size.B, 1);
    branchIf(ExtensionHeader.AUTHENTICATION, authentication);
    code.alu(AluOp.LSH, length, 3);
    code.alu(AluOp.ADD, length, 8);
    code.jump(next);

    code.bind(authentication);
    code.alu(AluOp.LSH, length, 2);
    code.alu(AluOp.ADD, length, 8);
    code.jump(next);

    code.bind(fragment);
    in.header(offset, Header.FRAGMENT);
    in.load(following, Size.B, 0);
    in.load(length, Size.H, 2);
    code.branch(Condition.SET, Width.W32, length, FRAGMENT_OFFSET, later);
    code.move(length, Header.FRAGMENT.length());
    code.jump(next);

    code.bind(later);
    code.move(number, following);
    code.jump(stop);
  }

  private void branchIf(ExtensionHeader header, Label target) {
    code.branch(Condition.EQ, Width.W32, number, header.number(), target);
  }
}
