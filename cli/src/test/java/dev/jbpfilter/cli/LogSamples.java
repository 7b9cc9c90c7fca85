package dev.jbpfilter.cli;

import static dev.jbpfilter.ruleset.testing.RawLogRecord.call;
import static dev.jbpfilter.ruleset.testing.RawLogRecord.packet;

import dev.jbpfilter.ruleset.testing.RawLogRecord;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Log records of all kinds, one nanosecond after the other. */
final class LogSamples {
  static final int BARE = 15;
  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86dd;
  static final String MACS = "467fdcc62cd2 727670dc6bba";

  private static final int ACCEPT = 0;
  private static final int DROP = 1;

  /** A TCP segment on XDP. */
  static final RawLogRecord SYN =
      packet(1, 0, DROP, 74)
          .requested(BARE)
          .protocols(IPV4, 6)
          .link(MACS + "0800")
          .internet("45b8003c 00014000 40060000 0a630102 0a630101")
          .transport("d964270d 1b9b7813 00000000 a0c2faf0 00000000");

  /** The same without a link header, as on Netfilter. */
  static final RawLogRecord UNLINKED =
      packet(2, 3, ACCEPT, 42)
          .requested(BARE)
          .protocols(IPV4, 17)
          .internet("4500001c 00012003 40110000 0a630102 0a630101")
          .transport("d964270d 00080000");

  /** An IPv4 header that options follow, which are not logged. */
  static final RawLogRecord OPTIONS =
      packet(3, 0, DROP, 60)
          .requested(BARE)
          .protocols(IPV4, 1)
          .link(MACS + "0800")
          .internet("46000020 00010000 40010000 0a630102 0a630101")
          .transport("08000000 00070009");

  static final RawLogRecord NEIGHBOUR =
      packet(4, 1, ACCEPT, 86)
          .requested(BARE)
          .protocols(IPV6, 58)
          .link(MACS + "86dd")
          .internet(
              "6b812345 00203aff fd990000000000000000000000000002"
                  + "fd990000000000000000000000000001")
          .transport("88000000 60000000");

  /** IPv6 with an extension header, which is not logged. */
  static final RawLogRecord EXTENDED =
      packet(5, 1, ACCEPT, 94)
          .requested(BARE)
          .protocols(IPV6, 6)
          .link(MACS + "86dd")
          .internet(
              "60000000 002000ff fd990000000000000000000000000002"
                  + "fd990000000000000000000000000001")
          .transport("d964270d 1b9b7813 00000000 a000faf0 00000000");

  /** Only that it was there. */
  static final RawLogRecord ARP =
      packet(6, 2, DROP, 42).requested(1).protocols(0x0806, 0).link(MACS + "0806");

  static final RawLogRecord CALL =
      call(7, 0, ACCEPT, 30785, "a \"b\"", 9999)
          .protocols(IPV4, 17)
          .source("0a630102" + "00".repeat(12))
          .destination("7f000001" + "00".repeat(12));

  static final RawLogRecord CALL6 =
      call(8, 1, DROP, -1, "python3", 443)
          .protocols(IPV6, 6)
          .destination("20010db8" + "00".repeat(12));

  static final List<RawLogRecord> ALL =
      List.of(SYN, UNLINKED, OPTIONS, NEIGHBOUR, EXTENDED, ARP, CALL, CALL6);

  private LogSamples() {}

  /** A console without colours that writes there. */
  static Console console(OutputStream out, OutputStream err) {
    return new Console(
        InputStream.nullInputStream(),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        false);
  }
}
