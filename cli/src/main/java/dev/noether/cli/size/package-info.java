/**
 * What {@code noether size} computes: the memory, disk, cores and partitions of a detector, from figures that were
 * measured.
 *
 * <p>May use the configuration of {@code flink}, and the codecs of {@code schemas}.
 */
@NullMarked
package dev.noether.cli.size;

import org.jspecify.annotations.NullMarked;
