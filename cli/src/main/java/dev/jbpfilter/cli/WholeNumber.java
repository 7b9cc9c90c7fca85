package dev.jbpfilter.cli;

/** Whole numbers as values of options. */
final class WholeNumber {
  private WholeNumber() {}

  /**
   * The number that a value of an option is.
   *
   * @throws UsageException if it is none of {@code least} to {@code most}
   */
  static long of(Command command, Option option, String text, long least, long most) {
    long number = parse(text);
    if (number < least || number > most) {
      throw command.error(
          option.text() + " takes a number from " + least + " to " + most + ", not '" + text + "'");
    }
    return number;
  }

  /** The number that digits stand for; -1 if it is none, or larger than any that is used. */
  private static long parse(String text) {
    if (text.isEmpty() || text.length() > 18) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
