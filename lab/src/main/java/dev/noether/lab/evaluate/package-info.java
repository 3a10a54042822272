/**
 * The evaluation of Noether and its peers on labelled series, with the same training and test rows for all detectors.
 * The data flows from {@code dataset} (reads series) over {@code detect} (scores rows) and {@code measure} (compares
 * scores with labels) to {@code output} (writes tables, JSON, CSV and a page).
 */
@NullMarked
package dev.noether.lab.evaluate;

import org.jspecify.annotations.NullMarked;
