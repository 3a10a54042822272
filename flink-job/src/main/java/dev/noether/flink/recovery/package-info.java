/**
 * What the outputs of the scoring job already contain, and a start that adds only the rest: the audit of the output
 * topics, the plan of a recovery, and the operators that drop repeated records. Uses the configuration, the sinks and
 * the schemas.
 */
@NullMarked
package dev.noether.flink.recovery;

import org.jspecify.annotations.NullMarked;
