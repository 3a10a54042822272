/**
 * Speed, measured: the whole job against the same job with a pass-through in the scorer's place. Uses every other module;
 * none uses it.
 */
@NullMarked
package dev.noether.lab.bench;

import org.jspecify.annotations.NullMarked;
