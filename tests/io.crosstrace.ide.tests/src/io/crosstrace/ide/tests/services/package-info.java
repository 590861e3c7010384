/** The numbers and the places of the service graph. */
package io.crosstrace.ide.tests.services;
