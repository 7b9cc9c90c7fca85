package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.JsonWriter;
import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.packet.LogRecord;
import dev.jbpfilter.ruleset.packet.WireBytes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints records for programs, a JSON object on each line; doc/json.md tells what is in them. */
final class LogJson implements LogSink {
  private static final String FORMAT = "jbpfilter-log";
  private static final int VERSION = 1;
  private static final int FRAGMENT_OFFSET = 0x1fff;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int DSCP_SHIFT = 2;

  private final Console console;
  private final String chain;
  private final LogAddresses addresses = new LogAddresses();

  LogJson(Console console, String chain) {
    this.console = console;
    this.chain = chain;
  }

  /** Prints the line that comes before all records. */
  void begin() {
    JsonWriter json = new JsonWriter(console.out());
    json.flatObject().member("format", FORMAT).member("version", VERSION);
    json.member("type", "start").member("chain", chain);
    json.end().finish();
    console.flush();
  }

  @Override
  public boolean take(LogRecord record, long time) {
    switch (record) {
      case LogRecord.Packet packet -> packet(begin("packet", time), packet);
      case LogRecord.SocketCall call -> call(begin("call", time), call);
    }
    return console.flush();
  }

  @Override
  public void lost(long time, long more, long all) {
    JsonWriter json = begin("lost", time);
    json.name("lost").unsigned(more);
    json.name("lost_total").unsigned(all);
    json.end().finish();
    console.flush();
  }

  private JsonWriter begin(String type, long time) {
    JsonWriter json = new JsonWriter(console.out());
    json.flatObject().member("type", type).member("chain", chain);
    return json.member("time", UtcTime.text(time)).member("time_ns", time);
  }

  private static void match(JsonWriter json, LogRecord record) {
    json.name("boot_ns").unsigned(record.time());
    json.member("rule", record.rule()).member("verdict", record.verdict());
  }

  private void packet(JsonWriter json, LogRecord.Packet packet) {
    match(json, packet);
    json.name("size").unsigned(packet.size());
    json.member("ether_type", packet.etherType()).member("protocol", packet.protocol());
    json.name("headers").array();
    for (Layer layer : Layer.values()) {
      if (packet.wants(layer)) {
        json.value(layer.name().toLowerCase(Locale.ROOT));
      }
    }
    json.end();
    WireBytes link = packet.link();
    if (link != null) {
      json.name("link").object();
      json.member("source", LogAddresses.mac(link, 6));
      json.member("destination", LogAddresses.mac(link, 0));
      json.member("ether_type", link.u16(12));
      endHeader(json, link);
    }
    WireBytes internet = packet.internet();
    if (internet != null) {
      json.name("internet").object();
      internet(json, packet.etherType(), internet);
      endHeader(json, internet);
    }
    WireBytes transport = packet.transport();
    if (transport != null) {
      json.name("transport").object();
      transport(json, packet.protocol(), transport);
      endHeader(json, transport);
    }
    json.end().finish();
  }

  private static void endHeader(JsonWriter json, WireBytes header) {
    StringBuilder hex = new StringBuilder(2 * header.length());
    for (int i = 0; i < header.length(); i++) {
      int octet = header.u8(i);
      hex.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 0xf, 16));
    }
    json.member("hex", hex.toString()).end();
  }

  private void internet(JsonWriter json, int etherType, WireBytes header) {
    if (etherType == Protocol.IPV4.number()) {
      int fragment = header.u16(6);
      json.member("source", addresses.ipv4(header, 12));
      json.member("destination", addresses.ipv4(header, 16));
      json.member("protocol", header.u8(9)).member("ttl", header.u8(8));
      json.member("dscp", header.u8(1) >> DSCP_SHIFT).member("length", header.u16(2));
      json.member("id", header.u16(4));
      json.member("fragment_offset", (long) (fragment & FRAGMENT_OFFSET) * Long.BYTES);
      json.member("more_fragments", (fragment & MORE_FRAGMENTS) != 0);
    } else if (etherType == Protocol.IPV6.number()) {
      json.member("source", addresses.ipv6(header, 8));
      json.member("destination", addresses.ipv6(header, 24));
      json.member("next_header", header.u8(6)).member("hop_limit", header.u8(7));
      json.member("dscp", (header.u16(0) >> 4 & 0xff) >> DSCP_SHIFT);
      json.member("flow_label", header.u32(0) & 0xfffff).member("length", header.u16(4));
    }
  }

  private void transport(JsonWriter json, int protocol, WireBytes header) {
    if (protocol == Protocol.TCP.number()) {
      ports(json, header);
      json.name("flags").array();
      int flags = header.u8(13);
      if (flags != 0) {
        for (String flag : addresses.flags(flags).split(",", -1)) {
          json.value(flag);
        }
      }
      json.end();
      json.member("sequence", header.u32(4)).member("acknowledgment", header.u32(8));
      json.member("window", header.u16(14));
    } else if (protocol == Protocol.UDP.number()) {
      ports(json, header);
      json.member("length", header.u16(4));
    } else if (protocol == Protocol.ICMP.number()) {
      icmp(json, header, 8, 0);
    } else if (protocol == Protocol.ICMPV6.number()) {
      icmp(json, header, 128, 129);
    }
  }

  private static void ports(JsonWriter json, WireBytes header) {
    json.member("source_port", header.u16(0)).member("destination_port", header.u16(2));
  }

  private static void icmp(JsonWriter json, WireBytes header, int request, int reply) {
    int type = header.u8(0);
    json.member("type", type).member("code", header.u8(1));
    if (type == request || type == reply) {
      json.member("id", header.u16(4)).member("sequence", header.u16(6));
    }
  }

  private void call(JsonWriter json, LogRecord.SocketCall call) {
    match(json, call);
    json.member("ether_type", call.etherType()).member("protocol", call.protocol());
    address(json, "source", call.etherType(), call.source());
    address(json, "destination", call.etherType(), call.destination());
    json.member("destination_port", call.port());
    json.member("process", call.process()).member("command", call.command());
    json.end().finish();
  }

  private void address(JsonWriter json, String name, int etherType, @Nullable WireBytes bytes) {
    if (bytes == null) {
      return;
    }
    if (etherType == Protocol.IPV4.number()) {
      json.member(name, addresses.ipv4(bytes, 0));
    } else if (etherType == Protocol.IPV6.number()) {
      json.member(name, addresses.ipv6(bytes, 0));
    }
  }
}
