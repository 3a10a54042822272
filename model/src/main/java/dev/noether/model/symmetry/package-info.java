/**
 * The symmetry of normal behaviour: infinitesimal generators, and the penalty that asks a decoder to move along them.
 *
 * <p>Source: R. Cosentino, R. Balestriero, R. Baraniuk, B. Aazhang, "Deep Autoencoders: From Understanding to Generalization
 * Guarantees", MSML 2021 (PMLR 145). If the data is the orbit of a Lie group, {@code x(θ) = exp(Σ θ_k G_k) x(0)}, two near
 * points are related by {@code I + Σ ε_k G_k} to first order. The penalty asks this of the decoder between sampled latent points
 * (Eq. 12), or of its Jacobians in neighbouring regions (Eq. 13), that is, where there is no data as well.
 *
 * <p>May use {@code dev.noether.model.engine}. It sees points and tangents of the decoder's surface, not the network that made
 * them; the way back into the network is in {@code dev.noether.model.gradient}.
 */
@NullMarked
package dev.noether.model.symmetry;

import org.jspecify.annotations.NullMarked;
