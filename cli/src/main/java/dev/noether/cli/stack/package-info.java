/**
 * The embedded local stack: a broker and a Flink cluster in this JVM, the scoring job on it, and the scheduler of its
 * retraining. Uses no other package of this module.
 */
@NullMarked
package dev.noether.cli.stack;

import org.jspecify.annotations.NullMarked;
