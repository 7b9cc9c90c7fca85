package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The progress line, with a clock and ticks of the test's own. */
class ProgressTest {
  private static final String ERASE = "\r\u001b[K";

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(err, false, StandardCharsets.UTF_8);

  private long now = -5;
  private Runnable tick = () -> {};
  private int running;

  private Console console(Progress progress) {
    return new Console(
        InputStream.nullInputStream(),
        new PrintStream(new FullOutput(), false, StandardCharsets.UTF_8),
        stream,
        false,
        false,
        progress);
  }

  private final Console console = console(new Progress(stream, () -> now, this::start));

  private Runnable start(Runnable newTick) {
    tick = newTick;
    running++;
    return () -> running--;
  }

  private void tickAfter(long millis) {
    now += Duration.ofMillis(millis).toNanos();
    tick.run();
  }

  /** What was printed since the last question. */
  private String printed() {
    stream.flush();
    String text = err.toString(StandardCharsets.UTF_8);
    err.reset();
    return text;
  }

  @Test
  void whatIsDoneIsCounted() {
    long[] done = {0};
    console.beginWork("simulating", () -> done[0], "packets");
    done[0] = 700_000;
    tickAfter(1000);
    assertThat(printed()).isEqualTo(ERASE + "simulating, 1 s, 700000 packets");
    console.endWork();
    assertThat(printed()).isEqualTo(ERASE);
  }

  @Test
  void nothingIsShownForASecond() {
    console.beginWork("parsing rules");
    tickAfter(0);
    tickAfter(999);
    console.warning("odd");
    console.endWork();

    assertThat(printed()).isEqualTo("warning: odd\n");
    assertThat(running).isZero();
  }

  @Test
  void theLineTellsTheSecondsAndGoesAway() {
    console.beginWork("parsing rules");
    tickAfter(1000);
    assertThat(printed()).isEqualTo(ERASE + "parsing rules, 1 s");
    tickAfter(999);
    assertThat(printed()).isEmpty();
    tickAfter(1);
    assertThat(printed()).isEqualTo(ERASE + "parsing rules, 2 s");
    tickAfter(100_000);
    assertThat(printed()).isEqualTo(ERASE + "parsing rules, 102 s");
    console.endWork();
    assertThat(printed()).isEqualTo(ERASE);
  }

  @Test
  void messagesStandInItsPlaceAndItComesBackBelow() {
    console.beginWork("compiling rules");
    tickAfter(1500);
    console.info("one");
    console.error("two");
    tickAfter(0);
    console.endWork();
    console.info("three");

    assertThat(printed())
        .isEqualTo(
            ERASE
                + "compiling rules, 1 s"
                + ERASE
                + "info   : one\nerror  : two\n"
                + ERASE
                + "compiling rules, 1 s"
                + ERASE
                + "info   : three\n");
  }

  @Test
  void eachWorkHasItsOwnSecond() {
    console.beginWork("parsing rules");
    tickAfter(900);
    console.endWork();
    console.beginWork("compiling rules");
    tickAfter(900);
    assertThat(printed()).isEmpty();
    tickAfter(100);
    assertThat(printed()).isEqualTo(ERASE + "compiling rules, 1 s");
  }

  @Test
  void aTickThatComesTooLateShowsNothing() {
    console.beginWork("parsing rules");
    console.endWork();
    tickAfter(5000);

    assertThat(printed()).isEmpty();
  }

  @Test
  void oneWorkAtATime() {
    console.beginWork("parsing rules");

    assertThatThrownBy(() -> console.beginWork("more"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("parsing rules goes on");
    console.endWork();
    console.endWork();
    assertThat(printed()).isEmpty();
    assertThat(running).isZero();
  }

  @Test
  void withoutTerminalThereIsNoLine() {
    Console plain = new Console(InputStream.nullInputStream(), new PrintStream(err), stream, false);
    plain.beginWork("parsing rules");
    plain.warning("odd");
    plain.endWork();

    assertThat(printed()).isEqualTo("warning: odd\n");
  }

  /** The real thread, and the real clock. */
  @Test
  void aThreadDrawsTheLine() throws InterruptedException {
    CountDownLatch drawn = new CountDownLatch(1);
    PrintStream terminal =
        new PrintStream(err, false, StandardCharsets.UTF_8) {
          @Override
          public void print(String text) {
            super.print(text);
            if (text.contains("waiting")) {
              drawn.countDown();
            }
          }
        };
    Progress progress = Progress.on(terminal);

    progress.begin("waiting");
    boolean shown = drawn.await(30, TimeUnit.SECONDS);
    progress.end();

    assertThat(shown).isTrue();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith(ERASE + "waiting, ")
        .endsWith(" s" + ERASE);
  }
}
