package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {

  @ParameterizedTest
  @CsvSource({
    "1, EPERM, Operation not permitted",
    "2, ENOENT, No such file or directory",
    "11, EAGAIN, Resource temporarily unavailable",
    "17, EEXIST, File exists",
    "22, EINVAL, Invalid argument",
    "34, ERANGE, Numerical result out of range",
    "35, EDEADLK, Resource deadlock avoided",
    "40, ELOOP, Too many levels of symbolic links",
    "41, E41, Unknown error 41",
    "67, ENOLINK, Link has been severed",
    "95, EOPNOTSUPP, Operation not supported",
    "110, ETIMEDOUT, Connection timed out",
    "133, EHWPOISON, Memory page has hardware error",
    "134, E134, Unknown error 134",
    "524, ENOTSUPP, Operation not supported",
  })
  void namesAndTextsAreThoseOfTheLibrary(int errno, String name, String text) {
    assertThat(Errno.name(errno)).isEqualTo(name);
    assertThat(Errno.text(errno)).isEqualTo(text);
  }

  @Test
  void constantsAgreeWithTheTable() throws IllegalAccessException {
    int constants = 0;
    for (Field field : Errno.class.getFields()) {
      assertThat(Errno.name(field.getInt(null))).isEqualTo(field.getName());
      constants++;
    }
    assertThat(constants).isGreaterThan(20);
  }

  @Test
  void aMessageHasObjectStepAndTextOnce() {
    BpfException failure = new BpfException("BPF_MAP_CREATE", Errno.EINVAL, "map bf_cmap");
    assertThat(failure).hasMessage("map bf_cmap: BPF_MAP_CREATE: Invalid argument");
    assertThat(failure.errno()).isEqualTo(22);
    assertThat(failure.command()).isEqualTo("BPF_MAP_CREATE");
    assertThat(failure.detail()).isEqualTo("map bf_cmap");
    assertThat(failure.verifierLog()).isEmpty();
  }

  @Test
  void aMessageHasTheVerifiersLastWord() {
    String log =
        """
        0: R1=ctx() R10=fp0
        0: (95) exit
        R0 !read_ok

        verification time 42 usec
        stack depth 0
        processed 1 insns (limit 1000000) max_states_per_insn 0 total_states 0
        """;
    BpfException failure = new BpfException("BPF_PROG_LOAD", Errno.EACCES, "program p", log);
    assertThat(failure).hasMessage("program p: BPF_PROG_LOAD: R0 !read_ok: Permission denied");
    assertThat(failure.verifierLog()).hasValue(log);
  }

  @Test
  void anEmptyLogSaysNothing() {
    BpfException failure = new BpfException("BPF_PROG_LOAD", Errno.EPERM, "program p", "");
    assertThat(failure).hasMessage("program p: BPF_PROG_LOAD: Operation not permitted");
  }

  @Test
  void errnoIsPositive() {
    assertThatThrownBy(() -> new BpfException("close", -9, "map"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-9");
  }
}
