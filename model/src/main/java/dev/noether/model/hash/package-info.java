/** SHA-256, the hash of artifacts and fingerprints. Uses nothing of the other packages. */
@NullMarked
package dev.noether.model.hash;

import org.jspecify.annotations.NullMarked;
