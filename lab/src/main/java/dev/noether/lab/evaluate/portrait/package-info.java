/** What the shape view of a model has learned about a series, as plain numbers for pictures. */
@NullMarked
package dev.noether.lab.evaluate.portrait;

import org.jspecify.annotations.NullMarked;
