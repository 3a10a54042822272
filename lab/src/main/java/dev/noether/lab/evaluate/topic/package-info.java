/**
 * A detector's own topic as data of a backtest: its observations are split by time into a history and a test, in bounded
 * memory. Reads as the jobs read, with the source that the detector file describes.
 */
@NullMarked
package dev.noether.lab.evaluate.topic;

import org.jspecify.annotations.NullMarked;
