/**
 * The reproduction of the paper's Table 1 and what is beside it: sets are read, methods searched and trained in paired runs that are
 * kept on disk, and brought together as a table, an ablation and a page.
 *
 * <p>The way of a run: {@link dev.noether.cli.reproduce.BenchmarkFolder} → {@link dev.noether.cli.reproduce.Reproduction} →
 * {@link dev.noether.cli.reproduce.SettingSearch} → {@link dev.noether.cli.reproduce.Trainings} →
 * {@link dev.noether.cli.reproduce.RunStore} → {@link dev.noether.cli.reproduce.ReproductionReport}. May use the console and the model.
 */
@NullMarked
package dev.noether.lab.reproduce;

import org.jspecify.annotations.NullMarked;
