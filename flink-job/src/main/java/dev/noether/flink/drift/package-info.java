/**
 * Whether the scores of a detector show a lasting change: a drift of what is normal, told apart from an incident and
 * from broken data. Uses the topics and the contracts; knows no job.
 */
@NullMarked
package dev.noether.flink.drift;

import org.jspecify.annotations.NullMarked;
