/**
 * Noether's scores on the test rows of a series: streams run through the scoring job on an embedded Flink cluster,
 * tables through {@code lab.tabular}.
 */
@NullMarked
package dev.noether.lab.evaluate.detect;

import org.jspecify.annotations.NullMarked;
