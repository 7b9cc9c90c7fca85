package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.loader.ChainObserver;
import dev.jbpfilter.loader.Observation;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.InterfaceResolver;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at chains now and then, and shows what they counted. */
final class TopLoop {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int QUIT = 'q';

  private final ChainObserver observer;
  private final Wishes wishes;
  private final Console console;
  private final InterfaceResolver interfaces = Bpfilter.interfaces();
  private final TopText text = new TopText(interfaces);

  private TopSort sort;
  private @Nullable Observation before;
  private Observation now;

  /** When the chains were looked at, by a clock that never goes back. */
  private long lookedAt;

  private long interval;
  private String problem = "";

  /**
   * What is to be shown.
   *
   * @param chain the name of the only chain; null for all
   * @param interval nanoseconds from look to look
   * @param once whether to show only what comes of the first two looks
   * @param json whether for programs
   */
  record Wishes(@Nullable String chain, long interval, TopSort sort, boolean once, boolean json) {}

  private TopLoop(ChainObserver observer, Wishes wishes, Console console) {
    this.observer = observer;
    this.wishes = wishes;
    this.console = console;
    this.sort = wishes.sort;
    this.lookedAt = System.nanoTime();
    this.now = observe();
  }

  /**
   * Shows chains until it is interrupted, a key ends it, or nobody sees what is shown.
   *
   * @throws BpfException if the chains can't be read, or there is none of that name
   */
  static void run(Bpfilter bpfilter, Wishes wishes, Console console) throws InterruptedException {
    TopLoop loop = new TopLoop(bpfilter.observer(), wishes, console);
    if (wishes.chain != null && loop.now.chains().isEmpty()) {
      // Tells why there is none.
      bpfilter.chain(wishes.chain);
    }
    Optional<TopScreen> terminal =
        wishes.once || wishes.json ? Optional.empty() : TopScreen.open(console);
    if (terminal.isEmpty()) {
      loop.print();
      return;
    }
    try (TopScreen screen = terminal.get()) {
      loop.draw(screen);
    }
  }

  private Observation observe() {
    return wishes.chain == null ? observer.observe() : observer.observe(wishes.chain);
  }

  /** Looks again; chains that somebody keeps locked are looked at the next time. */
  private void look() {
    long time = System.nanoTime();
    try {
      Observation seen = observe();
      before = now;
      now = seen;
      interval = time - lookedAt;
      lookedAt = time;
      problem = "";
    } catch (BpfException e) {
      if (wishes.once || e.errno() != Errno.EAGAIN) {
        throw e;
      }
      problem = "the chains are locked by another process";
    }
  }

  private long untilNextLook() {
    return Math.max(0, lookedAt + wishes.interval - System.nanoTime());
  }

  private List<TopChain> chains() {
    return TopChain.of(before, now);
  }

  /** Shows one table, or document, behind the other. */
  private void print() throws InterruptedException {
    PrintStream out = console.out();
    do {
      Thread.sleep(Duration.ofNanos(untilNextLook()));
      look();
      if (!problem.isEmpty()) {
        console.warning(problem);
      } else if (wishes.json) {
        long time = System.currentTimeMillis() * NANOS_PER_MILLI;
        TopJson.write(out, interfaces, !wishes.once, time, interval, chains());
      } else {
        lines(Integer.MAX_VALUE, "").forEach(line -> out.print(line + "\n"));
        out.print(wishes.once ? "" : "\n");
      }
    } while (console.flush() && !wishes.once);
  }

  private void draw(TopScreen screen) throws InterruptedException {
    String keys = "; q quits, r p b n sort";
    while (screen.draw(lines(screen.rows(), keys))) {
      Integer key = screen.key(untilNextLook());
      if (key == null) {
        look();
      } else if (key == QUIT) {
        return;
      } else {
        TopSort chosen = TopSort.ofKey(key);
        sort = chosen == null ? sort : chosen;
      }
    }
  }

  private List<String> lines(int height, String keys) {
    List<TopChain> chains = chains();
    List<String> lines = new ArrayList<>();
    lines.add(head(chains.size(), keys));
    lines.addAll(text.lines(chains, interval / NANOS_PER_SECOND, sort, height - 1));
    return lines;
  }

  private String head(int count, String keys) {
    StringBuilder head = new StringBuilder("bfcli top, ");
    head.append(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS));
    head.append(", ").append(count).append(count == 1 ? " chain" : " chains");
    int unreadable = now.unreadable().size();
    if (unreadable != 0) {
      head.append(" and ").append(unreadable).append(" that cannot be read");
    }
    head.append(", by ").append(sort.word()).append(keys);
    if (!problem.isEmpty()) {
      head.append("; ").append(problem);
    }
    return head.toString();
  }
}
