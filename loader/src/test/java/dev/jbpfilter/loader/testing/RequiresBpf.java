package dev.jbpfilter.loader.testing;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.Kernel;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that need root and a kernel with BPF. Elsewhere they are skipped with the reason; as root
 * in CI a missing kernel fails them instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresBpf.Condition.class)
public @interface RequiresBpf {

  /** Whether the tests can run. */
  final class Condition implements ExecutionCondition {
    private static final int ROOT = 0;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (!System.getProperty("os.name", "").equals("Linux")) {
        return ConditionEvaluationResult.disabled("eBPF needs Linux");
      }
      if (uid() != ROOT) {
        return ConditionEvaluationResult.disabled("loading programs needs root");
      }
      MapSpec probe = new MapSpec("probe", MapType.ARRAY, 4, 4, 1, 0, null);
      try (BpfMap map = Kernel.system().createMap(probe)) {
        return ConditionEvaluationResult.enabled("root, and the kernel made " + map);
      } catch (BpfException e) {
        if ("true".equals(System.getenv("CI"))) {
          throw new IllegalStateException("CI as root must run kernel tests", e);
        }
        return ConditionEvaluationResult.disabled("no BPF: " + e.getMessage());
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
