/**
 * The output of an evaluation: tables on the console, JSON, a CSV file of scores for each series, and an HTML page with
 * charts.
 */
@NullMarked
package dev.noether.lab.evaluate.output;

import org.jspecify.annotations.NullMarked;
