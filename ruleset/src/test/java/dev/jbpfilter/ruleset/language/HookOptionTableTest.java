package dev.jbpfilter.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hook options: form, values, checks and their order. */
class HookOptionTableTest {
  private static final String XDP = "chain a BF_HOOK_XDP";
  private static final String NF = "chain a BF_HOOK_NF_LOCAL_IN";
  private static final String CGROUP = "chain a BF_HOOK_CGROUP_SKB_INGRESS";

  private static HookOptions options(String text) {
    return Texts.chain(text).options();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "2, 2",
    "0, 0",
    "010, 8",
    "0x10, 16",
    "0X1f, 31",
    "2147483647, 2147483647",
    "0x7fffffff, 2147483647",
    "lo, 1",
    "eth0, 2",
    "eth0.1, 7"
  })
  void indexes(String value, int index) {
    HookOptions expected = HookOptions.ofIfindex(index);
    for (String key : new String[] {"ifindex", "iface"}) {
      String option = key + "=" + value;
      assertThat(options(XDP + "{" + option + "} ACCEPT")).isEqualTo(expected);
      assertThat(options(XDP + " " + option + " ACCEPT")).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"102, 101, 102-101", "1, 2147483647, 1-2147483647", "8, 16, 010-0x10", "1, 2, 1-2"})
  void priorities(int active, int spare, String value) {
    assertThat(options(NF + "{priorities=" + value + "} ACCEPT"))
        .isEqualTo(HookOptions.ofPriorities(active, spare));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/sys/fs/cgroup, true",
    "relative, true",
    "./a-b_c.slice/d, true",
    "/user@1000.service, false",
    "/a:b+c=d\\x2d, false",
    "/é, false"
  })
  void paths(String path, boolean withoutBraces) {
    assertThat(options(CGROUP + "{cgpath=" + path + "} ACCEPT"))
        .isEqualTo(HookOptions.ofCgpath(path));
    assertThat(options(CGROUP + " { cgpath=" + path + " ,} ACCEPT"))
        .isEqualTo(HookOptions.ofCgpath(path));
    String bare = CGROUP + " cgpath=" + path + " ACCEPT";
    if (withoutBraces) {
      assertThat(options(bare)).isEqualTo(HookOptions.ofCgpath(path));
    } else {
      Texts.refuse(bare);
    }
  }

  /** Each check, in the order in which they are made. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ifindex=2147483648 | ifindex is too big: 2147483648: Argument list too long
          ifindex=-1 | ifindex is too big: -1: Argument list too long
          ifindex=99999999999999999999 | ifindex is too big: 99999999999999999999: Argument list too long
          ifindex=2x | interface '2x' not found: Invalid argument
          ifindex=0x | interface '0x' not found: Invalid argument
          ifindex=nope | interface 'nope' not found: Invalid argument
          iface=nope | interface 'nope' not found: Invalid argument
          ifindex=1.5 | interface '1.5' not found: Invalid argument
          ifindex=08 | failed to parse ifindex '08', expecting an interface index: Invalid argument
          ifindex=1,ifindex=1 | ifindex= is defined multiple times: File exists
          ifindex=1,iface=1 | ifindex= is defined multiple times: File exists
          priorities=1-2,priorities=3-4 | priorities= is defined multiple times: File exists
          cgpath=/a,cgpath=/a | cgpath= is defined multiple times: File exists
          priorities=5 | failed to parse '5', expecting '$INT-$INT': Invalid argument
          priorities=5- | failed to parse '5-', expecting '$INT-$INT': Invalid argument
          priorities=- | failed to parse '-', expecting '$INT-$INT': Invalid argument
          priorities=x-1 | failed to parse 'x-1', expecting '$INT-$INT': Invalid argument
          priorities=1-2x | failed to parse '1-2x', expecting '$INT-$INT': Invalid argument
          priorities=1.5-2 | failed to parse '1.5-2', expecting '$INT-$INT': Invalid argument
          priorities=1--2 | failed to parse '1--2', expecting '$INT-$INT': Invalid argument
          priorities=1-2-3 | failed to parse '1-2-3', expecting '$INT-$INT': Invalid argument
          priorities=1-2147483648 | priorities can't be bigger than 2147483647: '1-2147483648': Invalid argument
          priorities=2147483648-2147483648 | priorities can't be bigger than 2147483647: '2147483648-2147483648': Invalid argument
          priorities=1-1 | priorities must be different: '1-1': Invalid argument
          priorities=0-0 | priorities must be different: '0-0': Invalid argument
          priorities=0-1 | priorities can't be 0: '0-1': Invalid argument
          priorities=1-0 | priorities can't be 0: '1-0': Invalid argument
          priorities=-1-2 | priorities can't be 0: '-1-2': Invalid argument
          family=inet | unknown netfilter family 'inet': Operation not supported
          family=INET4 | unknown netfilter family 'INET4': Operation not supported
          name=x | unknown hook option 'name', expecting ifindex, cgpath or priorities: Operation not supported
          Ifindex=1 | unknown hook option 'Ifindex', expecting ifindex, cgpath or priorities: Operation not supported
          """)
  void refusals(String option, String message) {
    assertThat(Texts.refuse(XDP + "{" + option + "} ACCEPT").message()).isEqualTo(message);
    assertThat(Texts.refuse(NF + "{" + option + "} ACCEPT").message()).isEqualTo(message);
  }

  /** The whole of the options against the hook: missing before unsupported, in order of keys. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          BF_HOOK_XDP | cgpath=/a,priorities=1-2 | hook option 'ifindex' is required for
          BF_HOOK_XDP | priorities=1-2,cgpath=/a,ifindex=1 | hook option 'cgpath' is not supported for
          BF_HOOK_XDP | priorities=1-2,ifindex=1 | hook option 'priorities' is not supported for
          BF_HOOK_NF_FORWARD | ifindex=1,priorities=1-2 | hook option 'ifindex' is not supported for
          BF_HOOK_NF_FORWARD | priorities=1-2,cgpath=/a | hook option 'cgpath' is not supported for
          BF_HOOK_CGROUP_SKB_EGRESS | priorities=1-2 | hook option 'cgpath' is required for
          BF_HOOK_CGROUP_SKB_EGRESS | priorities=1-2,cgpath=/a | hook option 'priorities' is not supported for
          BF_HOOK_XDP | family=inet4 | hook option 'ifindex' is required for
          BF_HOOK_NF_FORWARD | family=inet6 | hook option 'priorities' is required for
          """)
  void hookNeedsItsOption(String hook, String options, String message) {
    assertThat(Texts.refuse("chain a " + hook + "{" + options + "} ACCEPT").message())
        .startsWith(message + " '" + hook + "' chains: ");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {ifindex=2}
          {,,ifindex=2,,}
          { ifindex=2 }
          {ifindex=2
          ifindex=2
          ifindex=2 }
          , ifindex=2 ,
          ,{ifindex=2}
          {{ifindex=2}
          """)
  void braces(String written) {
    HookOptions expected = HookOptions.ofIfindex(2);
    assertThat(options(XDP + " " + written + " ACCEPT")).isEqualTo(expected);
    assertThat(options(XDP + " " + written + "# } ACCEPT\nACCEPT")).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {ifindex=2}} ACCEPT | invalid token
          {ifindex = 2} ACCEPT | STRING
          {ifindex= 2} ACCEPT | STRING
          {ifindex=} ACCEPT | STRING
          {=2} ACCEPT | invalid token
          {foo} ACCEPT | STRING
          {ifindex=2} {ifindex=2} ACCEPT | invalid token
          {}} ACCEPT | invalid token
          ifindex=2@ ACCEPT | invalid token
          {ifindex=2} } ACCEPT | invalid token
          """)
  void formErrors(String written, String unexpected) {
    assertThat(Texts.refuse(XDP + " " + written).message())
        .startsWith("syntax error, unexpected " + unexpected);
  }

  @Test
  void noOptionMeansNotAttached() {
    assertThat(options(XDP + " ACCEPT").isEmpty()).isTrue();
    assertThat(options(XDP + "{} ACCEPT").isEmpty()).isTrue();
    assertThat(options(XDP + "{,, ACCEPT , { }").isEmpty()).isTrue();
  }

  @Test
  void familyIsDroppedWithAWarning() {
    for (String family :
        new String[] {"family=inet4", "family=inet6", "family=inet4,family=inet6"}) {
      ParseResult result = Texts.parse(NF + "{" + family + ",priorities=1-2} ACCEPT");
      assertThat(result.ruleset().orElseThrow().chains().getFirst().options())
          .isEqualTo(HookOptions.ofPriorities(1, 2));
      assertThat(result.diagnostics())
          .isNotEmpty()
          .allSatisfy(warning -> assertThat(warning.message()).contains("family"))
          .noneMatch(Diagnostic::isError);
    }
    assertThat(options(XDP + "{family=inet4,ifindex=2} ACCEPT"))
        .isEqualTo(HookOptions.ofIfindex(2));
  }
}
