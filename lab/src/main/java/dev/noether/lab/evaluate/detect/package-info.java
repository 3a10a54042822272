/**
 * What is evaluated: this detector, through the operators that score live streams, and the peers that it has to stand beside.
 */
@NullMarked
package dev.noether.lab.evaluate.detect;

import org.jspecify.annotations.NullMarked;
