package dev.jbpfilter.cgen.lookup;

import org.jspecify.annotations.Nullable;

/**
 * What a choice of structures has to keep to.
 *
 * @param memory bytes that tables may take
 * @param forced the kind to take wherever it can hold the boxes, whatever it costs; null for the
 *     cheapest
 */
public record Limits(long memory, @Nullable StructureKind forced) {}
