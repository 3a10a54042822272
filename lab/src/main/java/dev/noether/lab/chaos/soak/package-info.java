/** A long run that watches the resources of the services and says whether they are flat. */
@NullMarked
package dev.noether.lab.chaos.soak;

import org.jspecify.annotations.NullMarked;
