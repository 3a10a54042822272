/**
 * What an evaluation leaves behind: tables on the console, JSON, a file of scores for each series, and a page.
 */
@NullMarked
package dev.noether.lab.evaluate.output;

import org.jspecify.annotations.NullMarked;
