package dev.segue.probe;

/** What came of one question. */
public sealed interface Answer {
    /**
     * The server answered; prints without what it said.
     *
     * @param status as in HTTP: 200 if all is well
     * @param head its header fields, each a line
     * @param body its first 64 KiB, read as UTF-8
     */
    record Answered(int status, String head, String body) implements Answer {
        /** True if this text stands in a header field or in the body. */
        public boolean says(String text) {
            return head.contains(text) || body.contains(text);
        }

        @Override
        public String toString() {
            return "answered " + status;
        }
    }

    /**
     * There was no answer, or not a whole one.
     *
     * @param why in words that can follow the URL: {@code connection refused}
     */
    record Silent(String why) implements Answer {
        @Override
        public String toString() {
            return why;
        }
    }
}
