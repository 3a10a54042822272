/**
 * The symmetry penalties of the paper: infinitesimal generators as values and under training, and the penalty that
 * makes a decoder follow them, with its gradients.
 *
 * <p>Source: R. Cosentino, R. Balestriero, R. Baraniuk, B. Aazhang, "Deep Autoencoders: From Understanding to
 * Generalization Guarantees", MSML 2021 (PMLR 145). If the data is the orbit of a Lie group,
 * {@code x(θ) = exp(Σ θ_k G_k) x(0)}, two near points are related by {@code I + Σ ε_k G_k} to first order. The penalty
 * requires this of the decoder between sampled latent points (Eq. 12), or of its Jacobians in neighbouring regions (Eq.
 * 13), and so also where there is no data.
 *
 * <p>May use {@code dev.noether.model.engine} and {@code dev.noether.model.numeric}. It reads points and tangents of
 * the decoder's surface, not the network; {@code dev.noether.model.gradient} propagates its gradients back into the
 * network.
 */
@NullMarked
package dev.noether.model.symmetry;

import org.jspecify.annotations.NullMarked;
