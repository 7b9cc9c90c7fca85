package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.packet.PacketDescription.Form;
import org.jspecify.annotations.Nullable;

/** Reads the notation of {@link PacketDescription}. */
final class PacketNotation {
  private final String text;
  private final InterfaceResolver interfaces;

  /** Where the present word begins, and where it ends; the same at the end of the text. */
  private int start;

  private int end;

  /** Where the word before the present one ends. */
  private int lastEnd;

  PacketNotation(String text, InterfaceResolver interfaces) {
    this.text = text;
    this.interfaces = interfaces;
    advance();
  }

  PacketDescription read() {
    int first = start;
    Form form =
        switch (word()) {
          case "connect" -> Form.CONNECT;
          case "send" -> Form.SEND;
          default -> Form.PACKET;
        };
    PacketWords words = new PacketWords(form, interfaces, PacketNotation::quoted);
    if (form != Form.PACKET) {
      advance();
    } else if (word().equals(PacketWord.VLAN.text())) {
      readValue(words, PacketWord.VLAN);
    }
    readKind(words, form);
    while (start < end) {
      readRest(words);
    }
    return say(first, lastEnd, words::build);
  }

  private static String quoted(PacketWord word) {
    return "'" + word.text() + "'";
  }

  private void readKind(PacketWords words, Form form) {
    String kind = word();
    switch (kind) {
      case "" -> throw error("a packet begins with its protocol: tcp, udp, icmp, icmpv6 and so on");
      case "hex" -> readValue(words, PacketWord.HEX);
      case "frame" -> readValue(words, PacketWord.FRAME);
      case "arp" -> {
        words.put(PacketWord.FRAME, new Payload.Scalar(PacketDescription.ARP));
        advance();
        readHosts(words);
      }
      default -> {
        if (PayloadKind.PROTOCOL.parse(kind, interfaces).isEmpty()) {
          throw error(
              "'"
                  + kind
                  + "' is no protocol; a packet is written like"
                  + " 'tcp 192.0.2.7:40000 > 198.51.100.1:80'");
        }
        say(words, PacketWord.PROTOCOL, kind);
        advance();
        if (form == Form.CONNECT) {
          readHost(words, PacketWord.DST, PacketWord.DPORT);
        } else {
          readHosts(words);
        }
        readBare(words, (int) words.number(PacketWord.PROTOCOL));
      }
    }
  }

  /** The word behind the hosts that stands there without a name: flags, or a type. */
  private void readBare(PacketWords words, int number) {
    Protocol protocol = PacketDescription.protocol(number);
    if (start == end || named(word()) != null || protocol == null || protocol == Protocol.UDP) {
      return;
    }
    say(words, protocol == Protocol.TCP ? PacketWord.FLAGS : PacketWord.TYPE, word());
    advance();
  }

  private void readHosts(PacketWords words) {
    readHost(words, PacketWord.SRC, PacketWord.SPORT);
    if (!word().equals(">")) {
      throw error("expected '>' and where the packet goes to");
    }
    advance();
    readHost(words, PacketWord.DST, PacketWord.DPORT);
  }

  /** An address, or an address and a port: of IPv6 the address is in brackets then. */
  private void readHost(PacketWords words, PacketWord address, PacketWord port) {
    String host = word();
    if (host.isEmpty()) {
      throw error("an address is missing");
    }
    int colon = host.lastIndexOf(':');
    boolean version6 = host.startsWith("[");
    boolean hasPort = version6 ? colon > 1 && host.charAt(colon - 1) == ']' : isPort(host, colon);
    if (version6 && !hasPort) {
      throw error("an address in brackets needs a port: [2001:db8::1]:80");
    }
    String bare =
        version6 ? host.substring(1, colon - 1) : hasPort ? host.substring(0, colon) : host;
    say(words, address, bare);
    if (hasPort) {
      say(words, port, host.substring(colon + 1));
    }
    advance();
  }

  private static boolean isPort(String host, int colon) {
    return colon >= 0 && host.indexOf(':') == colon;
  }

  private void readRest(PacketWords words) {
    PacketWord word = named(word());
    if (word == null) {
      throw error("'" + word() + "' means nothing here; what can follow is " + names());
    }
    if (word.takesValue()) {
      readValue(words, word);
    } else {
      say(words, word, "");
      advance();
    }
  }

  private void readValue(PacketWords words, PacketWord word) {
    advance();
    if (start == end) {
      throw error(quoted(word) + " expects " + word.form());
    }
    say(words, word, word());
    advance();
  }

  /** The word of that name, if it may follow what a packet begins with. */
  private static @Nullable PacketWord named(String text) {
    for (PacketWord word : PacketWord.values()) {
      if (follows(word) && word.text().equals(text)) {
        return word;
      }
    }
    return null;
  }

  private static boolean follows(PacketWord word) {
    return switch (word) {
      case PROTOCOL, SRC, DST, SPORT, DPORT, VLAN, FRAME, HEX -> false;
      default -> true;
    };
  }

  private static String names() {
    StringBuilder names = new StringBuilder();
    for (PacketWord word : PacketWord.values()) {
      if (follows(word)) {
        names.append(names.isEmpty() ? "" : ", ").append(word.text());
      }
    }
    return names.toString();
  }

  private void say(PacketWords words, PacketWord word, String value) {
    say(start, end, () -> words.say(word, value));
  }

  private static <T> T say(int from, int to, java.util.function.Supplier<T> said) {
    try {
      return said.get();
    } catch (IllegalArgumentException e) {
      throw new PacketSyntaxException(from, to, String.valueOf(e.getMessage()));
    }
  }

  private PacketSyntaxException error(String message) {
    return new PacketSyntaxException(start, end, message);
  }

  private String word() {
    return text.substring(start, end);
  }

  private void advance() {
    lastEnd = end;
    start = end;
    while (start < text.length() && isBlank(text.charAt(start))) {
      start++;
    }
    end = start;
    while (end < text.length() && !isBlank(text.charAt(end))) {
      end++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
