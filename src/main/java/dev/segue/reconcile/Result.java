package dev.segue.reconcile;

import dev.segue.plan.Outcome;
import dev.segue.plan.Owed;
import dev.segue.resource.Resource;

/**
 * What one pass made of one resource.
 *
 * @param owed what the next pass has to make good, even if nothing else changes
 */
record Result(Resource resource, Outcome outcome, Owed owed) {}
