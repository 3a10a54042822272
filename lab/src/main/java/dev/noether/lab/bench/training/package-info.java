/** How fast training is, and what each method costs beside the plain one. Uses the model alone. */
@NullMarked
package dev.noether.lab.bench.training;

import org.jspecify.annotations.NullMarked;
