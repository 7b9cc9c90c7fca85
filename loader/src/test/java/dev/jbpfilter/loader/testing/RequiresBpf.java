package dev.jbpfilter.loader.testing;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Kernel;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that need root and a kernel with BPF. Elsewhere they are skipped with the reason; as root
 * in CI a missing kernel fails them instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresBpf.Condition.class)
public @interface RequiresBpf {

  /** Whether the tests can run. */
  final class Condition implements ExecutionCondition {
    private static final int ROOT = 0;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return reasonToSkip()
          .map(ConditionEvaluationResult::disabled)
          .orElseGet(() -> ConditionEvaluationResult.enabled("root, and the kernel has BPF"));
    }

    /**
     * Why kernel tests cannot run here; empty if they can.
     *
     * @throws IllegalStateException if they have to, being root in CI
     */
    public static Optional<String> reasonToSkip() {
      if (!System.getProperty("os.name", "").equals("Linux")) {
        return Optional.of("eBPF needs Linux");
      }
      if (uid() != ROOT) {
        return Optional.of("loading programs needs root");
      }
      MapSpec probe = new MapSpec("probe", MapType.ARRAY, 4, 4, 1, 0, null);
      try {
        Kernel.system().createMap(probe).close();
        return Optional.empty();
      } catch (BpfException e) {
        if ("true".equals(System.getenv("CI"))) {
          throw new IllegalStateException("CI as root must run kernel tests", e);
        }
        return Optional.of("no BPF: " + e.getMessage());
      }
    }

    private static int uid() {
      try {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      } catch (IOException e) {
        throw new IllegalStateException("cannot tell who runs the tests", e);
      }
    }
  }
}
