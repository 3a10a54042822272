/**
 * The two jobs, assembled from the other packages, their Flink settings, their arguments, and the search for the newest
 * checkpoint.
 */
@NullMarked
package dev.noether.flink.job;

import org.jspecify.annotations.NullMarked;
