/**
 * Controls for the Lie group methods of the paper. Each control keeps a part of a method and removes its idea, the
 * learned symmetry: a gain that the control has too is not due to the symmetry.
 */
@NullMarked
package dev.noether.lab.control;

import org.jspecify.annotations.NullMarked;
