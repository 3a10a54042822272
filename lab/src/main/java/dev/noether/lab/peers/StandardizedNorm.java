package dev.noether.lab.peers;

/** The squared norm of the row after standardisation, divided by the width: an untrained detector. */
public record StandardizedNorm() implements PeerDetector {
    @Override
    public float[] score(Observations train, Observations test) {
        float[] rows = Standardization.fit(train, test).apply(test);
        int width = test.width();
        float[] scores = new float[test.length()];
        for (int i = 0; i < scores.length; i++) {
            double squares = 0;
            for (int j = 0; j < width; j++) {
                squares += (double) rows[i * width + j] * rows[i * width + j];
            }
            scores[i] = (float) (squares / width);
        }
        return scores;
    }
}
