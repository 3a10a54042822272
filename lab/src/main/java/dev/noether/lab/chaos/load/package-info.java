/** A steady stream of observations whose values depend on a seed alone, and the observation of what comes back. */
@NullMarked
package dev.noether.lab.chaos.load;

import org.jspecify.annotations.NullMarked;
