package dev.jbpfilter.ruleset.packet.capture;

import java.io.IOException;

/** The options of an interface description block that matter here. */
final class InterfaceOptions {
  private static final int END = 0;
  private static final int RESOLUTION = 9;
  private static final int CHECK_LENGTH = 13;
  private static final int TIME_OFFSET = 14;
  private static final String NAME = "an option of an interface";

  private InterfaceOptions() {}

  /**
   * Reads options.
   *
   * @param end the position at which they end at the latest
   * @return the interface
   */
  static CaptureFormat.Source read(CaptureInput input, long end, int link, long snapLength)
      throws IOException {
    int resolution = TimeResolution.MICROSECONDS.code();
    long offset = 0;
    int checkBytes = 0;
    while (end - input.position() >= 4) {
      long position = input.position();
      input.require(4, NAME);
      int option = input.u16();
      int length = input.u16();
      if (option == END) {
        break;
      }
      int padded = (length + 3) & ~3;
      if (padded > end - input.position()) {
        throw input.damaged(position, NAME + " of " + length + " bytes, longer than the block");
      }
      int expected =
          switch (option) {
            case RESOLUTION, CHECK_LENGTH -> 1;
            case TIME_OFFSET -> Long.BYTES;
            default -> length;
          };
      if (length != expected) {
        throw input.damaged(position, "option " + option + " of " + length + " bytes");
      }
      input.require(Math.min(padded, Long.BYTES), NAME);
      switch (option) {
        case RESOLUTION -> resolution = input.u8();
        case CHECK_LENGTH -> checkBytes = input.u8();
        case TIME_OFFSET -> offset = input.i64();
        default -> {
          // Names, addresses and filters make no difference.
        }
      }
      input.skip(position + 4 + padded - input.position(), NAME);
    }
    return new CaptureFormat.Source(
        link, snapLength, new TimeResolution(resolution, offset), checkBytes);
  }
}
