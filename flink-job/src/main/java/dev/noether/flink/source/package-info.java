/**
 * From a record of any format to an observation, as the detector file maps it. Uses the packages below it, and
 * {@code mapping}, {@code config}, {@code clock} and the schemas.
 */
@NullMarked
package dev.noether.flink.source;

import org.jspecify.annotations.NullMarked;
