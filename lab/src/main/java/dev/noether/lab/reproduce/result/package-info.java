/**
 * The report of a reproduction: Table 1, the ablation with paired differences, and the comparison of learned with
 * prescribed symmetries; as Java objects and as JSON and CSV files. Uses {@code run}.
 */
@NullMarked
package dev.noether.lab.reproduce.result;

import org.jspecify.annotations.NullMarked;
