/**
 * The local stack: a Kafka broker and the scoring job on a Flink cluster, all inside this JVM. Uses no other package
 * of this module.
 */
@NullMarked
package dev.noether.cli.stack;

import org.jspecify.annotations.NullMarked;
