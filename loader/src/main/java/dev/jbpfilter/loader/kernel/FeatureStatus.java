package dev.jbpfilter.loader.kernel;

/** Whether the running kernel has a feature. */
public sealed interface FeatureStatus {

  /** It has. */
  record Available() implements FeatureStatus {}

  /** It has not. */
  record Missing() implements FeatureStatus {}

  /**
   * That can't be told.
   *
   * @param reason why; names the step that failed
   */
  record Unknown(String reason) implements FeatureStatus {}
}
