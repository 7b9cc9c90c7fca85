package dev.jbpfilter.bytecode;

/**
 * One instruction in all its notations.
 *
 * @param element an instruction; a jump has the label {@link Samples#TARGET}
 * @param text in the kernel's notation, with the opcode
 * @param hex its bytes, on a little-endian machine
 */
record Sample(Element<Phys> element, String text, String hex) {
  @Override
  public String toString() {
    return text;
  }
}
