/**
 * The data of the reproduction: sets of the UCR archive and MNIST, and windows of recorded streams. Uses {@code
 * lab.data} and {@code lab.evaluate.dataset}.
 */
@NullMarked
package dev.noether.lab.reproduce.set;

import org.jspecify.annotations.NullMarked;
