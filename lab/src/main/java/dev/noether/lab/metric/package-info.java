/**
 * How good a detector is: ranking metrics over labelled scores, and what chance allows for when two are compared.
 *
 * <p>Plain Java arithmetic only; uses no other package of the model and no native library, so that a judgement does not
 * lean on the code it judges.
 */
@NullMarked
package dev.noether.lab.metric;

import org.jspecify.annotations.NullMarked;
