package dev.jbpfilter.tests;

import dev.jbpfilter.loader.testing.RequiresBpf;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** For properties what {@link RequiresBpf} is for tests. */
class SkipWithoutBpf implements SkipExecutionHook {
  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    return RequiresBpf.Condition.reasonToSkip()
        .map(SkipResult::skip)
        .orElseGet(SkipResult::doNotSkip);
  }
}
