package dev.noether.model.training;

import dev.noether.model.autoencoder.Autoencoder;
import java.util.SplittableRandom;

/** Makes the network that training starts from. The same options and windows produce the same network. */
final class NetworkInitialiser {
    private final NetworkOptions options;
    private final int features;
    private final long seed;

    /**
     * Makes an initialiser.
     *
     * @param features values in a row
     * @param seed seed of the training
     */
    NetworkInitialiser(NetworkOptions options, int features, long seed) {
        this.options = options;
        this.features = features;
        this.seed = seed;
    }

    /**
     * Makes a network.
     *
     * @param windows training windows of {@link NetworkOptions#windowRows} rows, at least one
     */
    Autoencoder initial(WindowSet windows) {
        // A separate random stream: initial parameters do not depend on how many numbers the training draws.
        return options.architecture()
                .initial(options.shape(features), windows.windows(), windows.count(), new SplittableRandom(~seed));
    }
}
