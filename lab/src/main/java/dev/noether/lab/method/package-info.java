/** Controls for the training methods of the paper: each does a part of what a method does. */
@NullMarked
package dev.noether.lab.method;

import org.jspecify.annotations.NullMarked;
